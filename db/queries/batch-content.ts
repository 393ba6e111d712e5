import { and, eq, isNull } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';
import { chunksOf } from './batches.ts';
import type { Batch, BatchProblem, NameHash, SealedFile } from './batches.ts';
import { insertListRows } from './list-rows.ts';
import type { StoredRow } from './list-rows.ts';
import { insertBatchSpellings } from './place-aliases.ts';
import type { BatchSpelling } from './place-aliases.ts';

/** All that was read from the file of a batch. */
export type StoredContent = {
  problems: BatchProblem[];
  /** The sealed names of each village. */
  files: SealedFile[];
  names: NameHash[];
  rows: StoredRow[];
  spellings: BatchSpelling[];
  exits: Schema['listExit']['$inferSelect'][];
};

/** With what only the register is asked, by row id: keyed IDs of the other persons. They are not stored. */
export type PreparedContent = StoredContent & { members: ReadonlyMap<string, string[]> };

export async function insertContent(tx: Tx, content: StoredContent): Promise<void> {
  const { problems, files, names, rows, spellings, exits } = content;
  for (const part of chunksOf(problems)) await tx.insert(tx.t.batchProblem).values(part);
  for (const file of files) await tx.insert(tx.t.sealedFile).values(file);
  for (const part of chunksOf(names)) await tx.insert(tx.t.nameHash).values(part);
  await insertListRows(tx, rows);
  await insertBatchSpellings(tx, spellings);
  for (const part of chunksOf(exits)) {
    await tx.insert(tx.t.listExit).values(part).onConflictDoNothing();
  }
}

/** Removes what was read from the file; the sealed file itself and the exits a person set stay. */
export async function deleteContent(tx: Tx, batchId: string): Promise<void> {
  const { batchProblem, sealedFile, nameHash, listRow, batchSpelling, listExit } = tx.t;
  await tx.delete(batchProblem).where(eq(batchProblem.batchId, batchId));
  await tx
    .delete(sealedFile)
    .where(and(eq(sealedFile.batchId, batchId), eq(sealedFile.kind, 'names')));
  await tx.delete(nameHash).where(eq(nameHash.batchId, batchId));
  await tx.delete(listRow).where(eq(listRow.batchId, batchId));
  await tx.delete(batchSpelling).where(eq(batchSpelling.batchId, batchId));
  await tx.delete(listExit).where(and(eq(listExit.batchId, batchId), isNull(listExit.setBy)));
}

type Totals = Pick<Batch, 'households' | 'persons' | 'amountCents'>;

/** Writes the totals of a batch that still waits for its decision; false where it no longer does. */
export async function updateTotals(tx: Tx, id: string, totals: Totals): Promise<boolean> {
  const { batch } = tx.t;
  const changed = await tx
    .update(batch)
    .set(totals)
    .where(and(eq(batch.id, id), eq(batch.status, 'review')))
    .returning({ id: batch.id });
  return changed.length === 1;
}

/** Lists of the same kind, of the same totals, that this person waits with at the same reviewer. */
export async function listAlike(db: Reader, own: Batch): Promise<Batch[]> {
  const { batch } = db.t;
  return db
    .select()
    .from(batch)
    .where(
      and(
        eq(batch.status, 'review'),
        eq(batch.bodyCode, own.bodyCode),
        eq(batch.uploadedBy, own.uploadedBy),
        eq(batch.reviewBodyCode, own.reviewBodyCode),
        eq(batch.kind, own.kind),
        eq(batch.aidType, own.aidType),
        eq(batch.period, own.period),
        eq(batch.households, own.households),
        eq(batch.persons, own.persons),
        eq(batch.amountCents, own.amountCents),
      ),
    );
}
