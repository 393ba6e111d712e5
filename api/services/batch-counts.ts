import { isListed } from '#rules/list-lifecycle.ts';
import { insertBatchCounts } from '#db/queries/batch-counts.ts';
import type { BatchCount } from '#db/queries/batch-counts.ts';
import type { Batch } from '#db/queries/batches.ts';
import { listComparedRows } from '#db/queries/list-comparison.ts';
import type { Reader, Tx } from '#db/store.ts';
import { compareLists, isCounted, sumRows } from '#rules/list-comparison.ts';
import type { ComparedRow } from '#rules/list-comparison.ts';

/**
 * Keeps the counts of a list by place, with its approval: they stay when its rows leave the site. Joined,
 * left and changed are against `before`; null where the list follows none.
 */
export async function keepBatchCounts(tx: Tx, batch: Batch, before: Batch | null): Promise<void> {
  await insertBatchCounts(tx, await countBatch(tx, batch, before));
}

async function countBatch(db: Reader, batch: Batch, before: Batch | null): Promise<BatchCount[]> {
  const rows = await listComparedRows(db, batch.id);
  const villages = compareLists(before ? await listComparedRows(db, before.id) : [], rows);
  const byPlace = Map.groupBy(rows, (row) => row.placeCode);
  return villages.map(({ placeCode, joined, left, changed }) => ({
    batchId: batch.id,
    placeCode,
    ...countPlace(byPlace.get(placeCode) ?? []),
    ...(before ? { joined, left, changed } : { joined: null, left: null, changed: null }),
  }));
}

/** What one place's rows count for, in all and by name on the web. */
function countPlace(rows: ComparedRow[]) {
  const all = sumRows(rows.filter(isCounted));
  const listed = sumRows(rows.filter(isListed));
  return {
    ...all,
    listedHouseholds: listed.households,
    listedPersons: listed.persons,
    listedCents: listed.amountCents,
  };
}
