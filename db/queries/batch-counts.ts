import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';
import { chunksOf } from './batches.ts';

export type BatchCount = Schema['batchCount']['$inferSelect'];
type CountColumn = Exclude<keyof BatchCount, 'batchId' | 'placeCode'>;

/** Keeps the counts of a batch by place, at its approval. */
export async function insertBatchCounts(tx: Tx, counts: BatchCount[]): Promise<void> {
  for (const part of chunksOf(counts)) await tx.insert(tx.t.batchCount).values(part);
}

export async function listBatchCounts(db: Reader, batchIds: string[]): Promise<BatchCount[]> {
  const { batchCount } = db.t;
  return db
    .select()
    .from(batchCount)
    .where(inArray(batchCount.batchId, batchIds))
    .orderBy(asc(batchCount.batchId), asc(batchCount.placeCode));
}

/**
 * Adds to the counts of one place, or takes from them where a number is negative: a household of an approved
 * list that left or was corrected. What is unknown for want of a list before stays unknown. False
 * where the batch has no counts there.
 */
export async function changeBatchCount(
  tx: Tx,
  batchId: string,
  placeCode: string,
  delta: Partial<Record<CountColumn, number>>,
): Promise<boolean> {
  const { batchCount } = tx.t;
  const set = Object.fromEntries(
    (Object.entries(delta) as [CountColumn, number][]).map(([column, by]) => [
      column,
      sql`${batchCount[column]} + ${by}`,
    ]),
  );
  const changed = await tx
    .update(batchCount)
    .set(set)
    .where(and(eq(batchCount.batchId, batchId), eq(batchCount.placeCode, placeCode)))
    .returning({ batchId: batchCount.batchId });
  return changed.length === 1;
}
