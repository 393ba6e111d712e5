import { isListed } from '#rules/list-lifecycle.ts';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import type { Batch } from '#db/queries/batches.ts';
import { listRowsOfPlace } from '#db/queries/list-rows.ts';
import type { StoredRow } from '#db/queries/list-rows.ts';
import { readBody } from '#db/queries/bodies.ts';
import { sha256 } from '#publishing/disk.ts';
import { basisOfList, basisOfNotice } from '#publishing/legal-basis.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { countInstead } from '#rules/small-villages.ts';
import { writeHashedList } from '#rules/list-hash.ts';
import type { VillageList, VillageNotice } from '#rules/public-lists.ts';
import type { AidType } from '#rules/vocabulary.ts';
import { loadCalendars } from './calendars.ts';
import { findBatch } from './list-access.ts';
import { readSmallVillageThreshold } from './settings.ts';
import { planTerm } from './notice-terms.ts';
import { readPlaceLookup } from './place-lookup.ts';

/** What a village's page would say of a list if it were approved now; one of the two is null. */
export type VillagePreview = {
  place: string;
  town: string;
  list: VillageList | null;
  notice: VillageNotice | null;
};

/** The rows of one village of a list as residents would see them. Throws `not-found`. */
export async function previewVillage(
  context: Context,
  actor: Actor,
  id: string,
  placeCode: string,
): Promise<VillagePreview> {
  const { db } = context;
  const batch = await findBatch(context, actor, id);
  const rows = await listRowsOfPlace(db, id, placeCode);
  if (rows.length === 0) throw new CodedError('not-found');
  const listed = rows.filter(isListed);
  const now = context.now();
  const aidType = batch.aidType as AidType;
  const common = {
    publisher: (await readBody(db, batch.bodyCode))?.name ?? '',
    legalBasis: basisOfList(aidType),
    updatedOn: civilDateOf(now),
    aidType,
    batchSalt: batch.salt,
  };
  const term = planTerm(batch, now, await loadCalendars(db));
  const { nameOf, townOf } = await readPlaceLookup(db);
  const names = { place: nameOf(placeCode), town: townOf(placeCode)?.name ?? '' };
  if (!term)
    return {
      ...names,
      list: { ...common, ...planList(batch, listed, await readSmallVillageThreshold(db)) },
      notice: null,
    };
  const shown = listed.map(showRow);
  const batchHash = sha256(writeHashedList(batch.salt, shown));
  const legalBasis = basisOfNotice(aidType);
  const notice = { ...common, ...term, legalBasis, notice: id, batchHash, rows: shown };
  return { ...names, list: null, notice };
}

function planList(batch: Batch, listed: StoredRow[], countsOnlyBelow: number) {
  const all = listed.map((row, at) => ({ ...showRow(row), no: at + 1, since: row.since }));
  const countsOnly = countInstead(all, countsOnlyBelow);
  const rows = countsOnly ? [] : all;
  return {
    period: batch.period,
    batch: batch.id,
    batchHash: sha256(writeHashedList(batch.salt, rows)),
    rows,
    ...(countsOnly && { countsOnly }),
  };
}

function showRow({ no, maskedName, members, amountCents }: StoredRow) {
  return { no, maskedName: maskedName ?? '', members, amountCents };
}
