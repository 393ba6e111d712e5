import { randomUUID } from 'node:crypto';
import { changeBatchCount } from '#db/queries/batch-counts.ts';
import type { Batch } from '#db/queries/batches.ts';
import { insertCorrection } from '#db/queries/corrections.ts';
import type { StoredCorrection } from '#db/queries/corrections.ts';
import type { StoredRow } from '#db/queries/list-rows.ts';
import { readPlace } from '#db/queries/places.ts';
import type { Reader, Tx } from '#db/store.ts';

/** Whether a long-term list stands on the site, or will with the next publication. */
export function isStanding(batch: Pick<Batch, 'kind' | 'status' | 'salt'>): boolean {
  return batch.kind === 'LIST' && batch.status === 'approved' && batch.salt !== '';
}

/** A line of the corrections page about a list, filed under the township of `placeCode`. */
export async function reportCorrection(
  tx: Tx,
  batch: Batch,
  placeCode: string,
  facts: Pick<StoredCorrection, 'onDate' | 'kind' | 'reason' | 'households'>,
): Promise<void> {
  // A notice is gone by itself; what changes on it is not a correction of a list.
  if (batch.kind !== 'LIST') return;
  await insertCorrection(tx, {
    ...facts,
    id: randomUUID(),
    placeCode: await findTown(tx, placeCode),
    aidType: batch.aidType,
    period: batch.period,
  });
}

async function findTown(db: Reader, placeCode: string): Promise<string> {
  const place = await readPlace(db, placeCode);
  return place?.level === 'village' ? (place.parentCode ?? placeCode) : placeCode;
}

/** Keeps the counts of listed rows right when one row comes onto the web (1) or leaves it (-1). */
export async function countListed(
  tx: Tx,
  { batchId, placeCode, members, amountCents }: StoredRow,
  sign: 1 | -1,
): Promise<void> {
  await changeBatchCount(tx, batchId, placeCode, {
    listedHouseholds: sign,
    listedPersons: sign * members,
    listedCents: sign * amountCents,
  });
}
