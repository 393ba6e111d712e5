import { z } from 'zod';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import {
  insertFormerName,
  insertPlaces,
  listFormerNames,
  listPlaces,
  moveChildren,
  readPlace,
  updatePlace,
} from '#db/queries/places.ts';
import type { FormerName, Place } from '#db/queries/places.ts';
import type { Reader } from '#db/store.ts';
import { PLACE_LEVELS, codesOf } from '#rules/vocabulary.ts';
import type { PlaceLevel } from '#rules/vocabulary.ts';
import { appendAudit } from './audit.ts';

/** A line of a division table: `code,name,level,parent_code`. */
export const PlaceLine = z.object({
  code: z.string().regex(/^\d{12}$/, '区划代码应为12位数字'),
  name: z.string().min(1, '缺少名称').max(60),
  level: z.enum(codesOf(PLACE_LEVELS), '级别应为 district、town 或 village'),
  parentCode: z.string().nullable(),
});
export type PlaceLine = z.infer<typeof PlaceLine>;

const PARENT_LEVEL = {
  district: null,
  town: 'district',
  village: 'town',
} as const satisfies Record<PlaceLevel, PlaceLevel | null>;

/** Places as they are stored on the day they begin. Throws `invalid-input` where the tree is broken. */
export function toPlaceRows(
  lines: readonly PlaceLine[],
  known: readonly Pick<Place, 'code' | 'level'>[],
  validFrom: string,
): Place[] {
  const levels = new Map([...known, ...lines].map((place) => [place.code, place.level]));
  return lines.map((line) => {
    const wanted = PARENT_LEVEL[line.level];
    const found = line.parentCode === null ? null : levels.get(line.parentCode);
    if (found !== wanted) {
      const message = `${line.name}（${line.code}）的上级代码不对，改正后再导入。`;
      throw new CodedError('invalid-input', { places: message }, message);
    }
    return {
      ...line,
      validFrom,
      validTo: null,
      successorCode: null,
      contactName: '',
      contactPhone: '',
    };
  });
}

/** Adds the places of a division table that are not there yet and returns their codes. */
export async function importPlaces(
  context: Context,
  actor: Actor | null,
  lines: readonly PlaceLine[],
  validFrom: string,
): Promise<string[]> {
  const rows = toPlaceRows(lines, await listPlaces(context.db), validFrom);
  return context.db.transaction(async (tx) => {
    const added = await insertPlaces(tx, rows);
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'place.import',
      subjectKind: 'place',
      subjectId: rows[0]?.code ?? '',
      personId: actor?.personId ?? null,
      fields: added,
    });
    return added;
  });
}

/** Gives a place a new name from a civil date on; the old one stays known for the time before. */
export async function renamePlace(
  context: Context,
  actor: Actor,
  input: { code: string; name: string; from: string },
): Promise<void> {
  const { code, name, from } = input;
  await context.db.transaction(async (tx) => {
    const place = await readPlace(tx, code);
    if (!place) throw new CodedError('not-found');
    if (!(await updatePlace(tx, code, { name }))) throw new CodedError('state-changed');
    await insertFormerName(tx, { kind: 'place', code, name: place.name, until: from });
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'place.rename',
      subjectKind: 'place',
      subjectId: code,
      personId: actor.personId,
      fields: input,
    });
  });
}

/**
 * Ends a place on a civil date (exclusive) in favour of another of its level. The places below go to the
 * successor; lists and leads keep the old code, which keeps its name.
 */
export async function reorganisePlace(
  context: Context,
  actor: Actor,
  input: { code: string; successorCode: string; on: string },
): Promise<void> {
  const { code, successorCode, on } = input;
  await context.db.transaction(async (tx) => {
    const place = await readPlace(tx, code);
    if (!place) throw new CodedError('not-found');
    const successor = await readPlace(tx, successorCode);
    if (
      !successor ||
      successor.validTo ||
      successorCode === code ||
      successor.level !== place.level
    ) {
      throw new CodedError('invalid-input', { successorCode: '选择一个同级的现有区划' });
    }
    if (!(await updatePlace(tx, code, { validTo: on, successorCode }))) {
      throw new CodedError('state-changed');
    }
    await moveChildren(tx, code, successorCode);
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'place.reorganise',
      subjectKind: 'place',
      subjectId: code,
      personId: actor.personId,
      fields: input,
    });
  });
}

/** The name a place had on a civil date; null where it did not exist then. */
export async function placeNameOn(db: Reader, code: string, on: string): Promise<string | null> {
  const place = await readPlace(db, code);
  return place ? nameOn(place, await listFormerNames(db, 'place', code), on) : null;
}

/** The name valid on a date, from the present name and the former ones (the oldest first). */
export function nameOn(
  named: { name: string; validFrom: string; validTo: string | null },
  former: readonly Pick<FormerName, 'name' | 'until'>[],
  on: string,
): string | null {
  if (on < named.validFrom || (named.validTo !== null && on >= named.validTo)) return null;
  return former.find((earlier) => on < earlier.until)?.name ?? named.name;
}
