import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import {
  insertFormerName,
  insertPlaces,
  listFormerNames,
  listPlaces,
  moveChildren,
  moveRowsOnSite,
  readPlace,
  updatePlace,
} from '#db/queries/places.ts';
import type { FormerName, Place } from '#db/queries/places.ts';
import type { Reader } from '#db/store.ts';
import { PARENT_LEVEL } from '#rules/place-changes.ts';
import type { PlaceLine } from '#rules/place-changes.ts';
import { appendAudit } from './audit.ts';

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
    const { code, name, level, parentCode, contactName = '', contactPhone = '' } = line;
    const valid = { validFrom, validTo: null, successorCode: null };
    return { code, name, level, parentCode, ...valid, contactName, contactPhone };
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
 * successor, and so do the households of lists that have not left the site; leads and older lists keep the
 * old code, which keeps its name.
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
    await moveRowsOnSite(tx, code, successorCode);
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
