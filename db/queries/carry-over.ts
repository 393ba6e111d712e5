import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { Reader, Tx } from '#db/store.ts';
import { chunksOf } from './batches.ts';
import type { Batch } from './batches.ts';

/** The list of a body and aid type for a month that waits or was approved; null where there is none. */
export async function findListOf(
  db: Reader,
  { bodyCode, aidType, period }: Pick<Batch, 'bodyCode' | 'aidType' | 'period'>,
): Promise<string | null> {
  const { batch } = db.t;
  const [found] = await db
    .select({ id: batch.id })
    .from(batch)
    .where(
      and(
        eq(batch.bodyCode, bodyCode),
        eq(batch.aidType, aidType),
        eq(batch.period, period),
        eq(batch.kind, 'LIST'),
        inArray(batch.status, ['review', 'approved']),
      ),
    );
  return found?.id ?? null;
}

/** Gives a batch the name hashes of another one. */
export async function copyNameHashes(tx: Tx, from: string, to: string): Promise<void> {
  const { nameHash } = tx.t;
  const hashes = await tx.select().from(nameHash).where(eq(nameHash.batchId, from));
  const copies = hashes.map((hash) => ({ ...hash, batchId: to }));
  for (const part of chunksOf(copies)) await tx.insert(nameHash).values(part);
}

/** Rows of a batch that still count, in the order of the list. */
export async function listCountedRows(db: Reader, batchId: string) {
  const { listRow } = db.t;
  return db
    .select()
    .from(listRow)
    .where(and(eq(listRow.batchId, batchId), ne(listRow.visibility, 'left')))
    .orderBy(asc(listRow.seq));
}
