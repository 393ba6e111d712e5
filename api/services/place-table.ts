import { createHash } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import {
  insertFormerName,
  insertPlaces,
  listPlaces,
  moveChildren,
  moveRowsOnSite,
  readPlace,
  updatePlace,
} from '#db/queries/places.ts';
import type { Tx } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { comparePlaces } from '#rules/place-changes.ts';
import type { PlaceChange, PlaceChangeKind, PlaceLine } from '#rules/place-changes.ts';
import { appendAudit } from './audit.ts';
import { readPlaceTable } from './directory-tables.ts';
import { followPlace } from './follow-places.ts';
import { toPlaceRows } from './places.ts';

export type PlaceTable = {
  bytes: Uint8Array;
  /** Civil date from which the changes hold; not after today. */
  on: string;
  /** The token of the preview that the person has seen; absent: only a preview. */
  confirm?: string | undefined;
};

/**
 * Compares a division table with the places there are, and applies what it changes where the preview of
 * exactly these changes is confirmed. One transaction: a table is applied whole or not at all.
 */
export async function applyPlaceTable(context: Context, actor: Actor, table: PlaceTable) {
  const { db, secrets } = context;
  const now = context.now();
  if (table.on > civilDateOf(now)) {
    throw new CodedError('invalid-input', { on: '日期不能晚于今天；到了当天再导入。' });
  }
  const lines = readPlaceTable(table.bytes);
  const { changes, problems } = comparePlaces(await listPlaces(db), lines);
  const token = createHash('sha256')
    .update(JSON.stringify([table.on, changes]))
    .digest('hex');
  const isConfirmed = table.confirm !== undefined && problems.length === 0 && changes.length > 0;
  if (isConfirmed && table.confirm !== token) throw new CodedError('state-changed');
  if (isConfirmed) {
    await db.transaction(async (tx) => {
      const still = comparePlaces(await listPlaces(tx), lines).changes;
      if (JSON.stringify(still) !== JSON.stringify(changes)) throw new CodedError('state-changed');
      await applyChanges(tx, changes, lines, table.on);
      await appendAudit(tx, secrets, now, {
        action: 'place.apply-table',
        subjectKind: 'place',
        subjectId: changes[0]?.code ?? '',
        personId: actor.personId,
        fields: { on: table.on, changes },
      });
    });
  }
  return { lines: lines.length, changes, problems, token, applied: isConfirmed };
}

// What is added may be a parent or a successor; what is merged hands on the children it still has.
const ORDER: PlaceChangeKind[] = ['added', 'renamed', 'moved', 'merged', 'contact'];

async function applyChanges(tx: Tx, changes: PlaceChange[], lines: PlaceLine[], on: string) {
  const byCode = new Map(lines.map((line) => [line.code, line]));
  const sorted = changes.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const added = sorted
    .filter((change) => change.kind === 'added')
    .flatMap((change) => byCode.get(change.code) ?? []);
  await insertPlaces(tx, toPlaceRows(added, [...lines, ...(await listPlaces(tx))], on));
  for (const change of sorted) {
    await applyChange(tx, change, byCode.get(change.code), on);
    const place = await readPlace(tx, change.code);
    if (place) await followPlace(tx, change, place, on);
  }
}

async function applyChange(tx: Tx, change: PlaceChange, line: PlaceLine | undefined, on: string) {
  const { kind, code, from, to } = change;
  if (kind === 'renamed') {
    await updatePlace(tx, code, { name: to });
    await insertFormerName(tx, { kind: 'place', code, name: from, until: on });
  }
  if (kind === 'moved') await updatePlace(tx, code, { parentCode: to });
  if (kind === 'contact') {
    const { contactName = '', contactPhone = '' } = line ?? {};
    await updatePlace(tx, code, { contactName, contactPhone });
  }
  if (kind === 'merged') {
    await updatePlace(tx, code, { validTo: on, successorCode: to });
    await moveChildren(tx, code, to);
    await moveRowsOnSite(tx, code, to);
  }
}
