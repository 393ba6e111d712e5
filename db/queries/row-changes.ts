import { and, asc, desc, eq, gte, inArray, or } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type RowChange = Schema['rowChange']['$inferSelect'];

export async function insertRowChanges(tx: Tx, changes: RowChange[]): Promise<void> {
  await tx.insert(tx.t.rowChange).values(changes);
}

/** Proposals for these rows that nobody has decided. */
export async function listOpenChangesOf(db: Reader, rowIds: string[]): Promise<RowChange[]> {
  const { rowChange } = db.t;
  return db
    .select()
    .from(rowChange)
    .where(and(inArray(rowChange.rowId, rowIds), eq(rowChange.status, 'proposed')));
}

export async function listRowChangesById(db: Reader, ids: string[]): Promise<RowChange[]> {
  const { rowChange } = db.t;
  return db.select().from(rowChange).where(inArray(rowChange.id, ids)).orderBy(asc(rowChange.id));
}

/** Decides a proposal; false where somebody has. */
export async function decideRowChange(
  tx: Tx,
  id: string,
  decision: Pick<RowChange, 'status' | 'decidedBy' | 'decidedOn'>,
): Promise<boolean> {
  const { rowChange } = tx.t;
  const decided = await tx
    .update(rowChange)
    .set(decision)
    .where(and(eq(rowChange.id, id), eq(rowChange.status, 'proposed')))
    .returning({ id: rowChange.id });
  return decided.length === 1;
}

/**
 * Changes of lists that any of these bodies publishes or reviews, with their rows: those that wait, the oldest
 * first, then those decided since a civil date, the newest first.
 */
export async function listRowChanges(db: Reader, bodyCodes: string[], since: string) {
  const { batch, listRow, rowChange } = db.t;
  return db
    .select({ change: rowChange, row: listRow, batch })
    .from(rowChange)
    .innerJoin(listRow, eq(listRow.id, rowChange.rowId))
    .innerJoin(batch, eq(batch.id, rowChange.batchId))
    .where(
      and(
        or(inArray(batch.bodyCode, bodyCodes), inArray(batch.reviewBodyCode, bodyCodes)),
        or(eq(rowChange.status, 'proposed'), gte(rowChange.decidedOn, since)),
      ),
    )
    .orderBy(desc(rowChange.decidedOn), asc(rowChange.proposedOn), asc(listRow.seq));
}
