import { LIST_KINDS } from '#rules/list-kinds.ts';
import type { ListKind } from '#rules/list-kinds.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { AID_TYPES } from '#rules/vocabulary.ts';
import type { AidType } from '#rules/vocabulary.ts';
import { formatDate } from './format.ts';

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** 农村低保审核公示, 农村低保在保名单 */
export function nameKind({ aidType, kind }: { aidType: AidType; kind: ListKind }): string {
  return `${AID_TYPES[aidType]}${LIST_KINDS[kind].label}`;
}

/** `2026年11月20日9时`, with minutes where there are any. */
export function formatMoment(instant: number): string {
  const [hour, minute] = clock.format(instant).split(':').map(Number);
  return `${formatDate(civilDateOf(instant))}${hour}时${minute ? `${minute}分` : ''}`;
}

/** The end of a term, which is exclusive: midnight is 24 o'clock of the day before. */
export function formatEnd(instant: number): string {
  const isMidnight = clock.format(instant) === '00:00';
  return isMidnight ? `${formatDate(civilDateOf(instant - 1))}24时` : formatMoment(instant);
}

/** `2026年11月20日9时至2026年11月27日24时` */
export function formatTerm({ startsAt, endsAt }: { startsAt: number; endsAt: number }): string {
  return `${formatMoment(startsAt)}至${formatEnd(endsAt)}`;
}
