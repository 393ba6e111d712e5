import type { HotlineDesk, HotlineFile } from '#routes/staff-hotline-schemas.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { isWithinHours } from '#rules/hotline-hours.ts';
import type { PublicFile } from '#rules/publication.ts';
import { textOf } from '#site/lib/api.ts';
import type { Option } from '#site/lib/fields.ts';
import { findPlace, listAncestors } from '#site/lib/places.ts';
import { formatTime } from './_words.ts';

export const CALL_FIELDS = [
  ...['number', 'outcome', 'seconds', 'calledOn', 'calledAt', 'inHours', 'outsideBody'],
  ...['remark', 'reason'],
] as const;
export type TypedCall = Record<string, string>;
type Item = HotlineDesk['items'][number];

export function emptyCall(now: number): TypedCall {
  return { calledOn: civilDateOf(now), calledAt: formatTime(now) };
}

/** A record that is put right, as it was typed. */
export function refillCall(id: string, call: HotlineFile['calls'][number]): TypedCall {
  return {
    number: `${id} ${call.phone}`,
    outcome: call.outcome,
    seconds: call.seconds === null ? '' : String(call.seconds),
    calledOn: civilDateOf(call.calledAt),
    calledAt: formatTime(call.calledAt),
    inHours: call.inHours ? 'yes' : 'no',
    outsideBody: call.outsideBody,
    remark: call.remark,
  };
}

export function readCall(form: FormData): TypedCall {
  return Object.fromEntries(CALL_FIELDS.map((name) => [name, textOf(form, name).trim()]));
}

/** The body of the API's request; the number's field is `id phone`. */
export function toCallInput(typed: TypedCall) {
  const seconds = typed['seconds'] ?? '';
  const inHours = typed['inHours'] ?? '';
  return {
    phone: (typed['number'] ?? '').split(' ')[1] ?? '',
    calledOn: typed['calledOn'] ?? '',
    calledAt: typed['calledAt'] ?? '',
    outcome: typed['outcome'] ?? '',
    seconds: seconds === '' ? null : /^\d{1,4}$/.test(seconds) ? Number(seconds) : -1,
    inHours: inHours === '' ? null : inHours === 'yes',
    outsideBody: typed['outsideBody'] ?? '',
    remark: typed['remark'] ?? '',
  };
}

/** Hotlines that may be tested: of a place and what lies above it, the nearest first, where one is named. */
export function listTestable(
  items: readonly Item[],
  asked: URLSearchParams,
  places: PublicFile<'places'>['places'],
): Item[] {
  const testable = items.filter(({ testing }) => testing === 'independent' || testing === 'own');
  const id = asked.get('hotline');
  if (id) return testable.filter((item) => item.id === id);
  const place = findPlace(places, asked.get('place'));
  if (!place) return testable;
  const wayUp = [place, ...listAncestors(places, place).toReversed()];
  return wayUp.flatMap(({ code }) => testable.filter((item) => item.placeCode === code));
}

export function numberOptions(items: readonly Item[]): Option[] {
  return items.flatMap((item) =>
    item.numbers.map(({ phone }) => ({
      value: `${item.id} ${phone}`,
      label: `${phone}　${item.unit}`,
      hint: item.hours,
    })),
  );
}

/** Whether the hours say by themselves if a moment lies within them. */
export function areHoursClear({ hours }: Pick<Item, 'hours'>): boolean {
  return isWithinHours(hours, { weekday: 1, isWorkday: true }, 0) !== null;
}
