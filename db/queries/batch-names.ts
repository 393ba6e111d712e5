import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { Reader, Tx } from '#db/store.ts';

/** Destroys sealed names and name hashes of a batch that will never be shown (again). */
export async function deleteBatchNames(tx: Tx, batchId: string): Promise<void> {
  await tx.delete(tx.t.sealedFile).where(eq(tx.t.sealedFile.batchId, batchId));
  await tx.delete(tx.t.nameHash).where(eq(tx.t.nameHash.batchId, batchId));
}

/** Decided lists that were approved once and whose names are not forgotten yet. */
export async function listRememberedBatches(db: Reader): Promise<string[]> {
  const { batch } = db.t;
  const found = await db
    .select({ id: batch.id })
    .from(batch)
    .where(and(inArray(batch.status, ['approved', 'withdrawn']), ne(batch.salt, '')))
    .orderBy(asc(batch.id));
  return found.map((row) => row.id);
}

/** Destroys sealed names, name hashes and salt of a batch; false where that was done before. */
export async function forgetBatch(tx: Tx, id: string): Promise<boolean> {
  const { batch, nameHash, sealedFile } = tx.t;
  const changed = await tx
    .update(batch)
    .set({ salt: '' })
    .where(and(eq(batch.id, id), ne(batch.salt, '')))
    .returning({ id: batch.id });
  if (changed.length === 0) return false;
  await tx.delete(sealedFile).where(and(eq(sealedFile.batchId, id), eq(sealedFile.kind, 'names')));
  await tx.delete(nameHash).where(eq(nameHash.batchId, id));
  return true;
}
