import { and, asc, desc, eq, gte, inArray, or } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type StoredTakeDown = Schema['takeDown']['$inferSelect'];
export async function insertTakeDown(tx: Tx, takeDown: StoredTakeDown): Promise<void> {
  await tx.insert(tx.t.takeDown).values(takeDown);
}

export async function readTakeDown(db: Reader, id: string): Promise<StoredTakeDown | null> {
  const [found] = await db.select().from(db.t.takeDown).where(eq(db.t.takeDown.id, id));
  return found ?? null;
}

/** The second person's decision; false where somebody has decided. */
export async function decideTakeDown(
  tx: Tx,
  id: string,
  decision: Pick<StoredTakeDown, 'status' | 'reviewedBy' | 'reviewedOn'>,
): Promise<boolean> {
  const { takeDown } = tx.t;
  const decided = await tx
    .update(takeDown)
    .set(decision)
    .where(and(eq(takeDown.id, id), eq(takeDown.status, 'pending')))
    .returning({ id: takeDown.id });
  return decided.length === 1;
}

/** Take-downs of lists of these bodies that wait, and those reviewed since a civil date. */
export async function listTakeDowns(db: Reader, bodyCodes: string[], since: string) {
  const { batch, listRow, takeDown } = db.t;
  return db
    .select({ takeDown, batch, row: listRow })
    .from(takeDown)
    .innerJoin(batch, eq(batch.id, takeDown.batchId))
    .leftJoin(listRow, eq(listRow.id, takeDown.subjectId))
    .where(
      and(
        inArray(batch.bodyCode, bodyCodes),
        or(eq(takeDown.status, 'pending'), gte(takeDown.reviewedOn, since)),
      ),
    )
    .orderBy(desc(takeDown.reviewedOn), asc(takeDown.onDate), asc(takeDown.id));
}

/** Lists whose withdrawal waits for a second person, who may put them back. */
export async function listBatchesUnderReview(db: Reader): Promise<string[]> {
  const { takeDown } = db.t;
  const found = await db
    .selectDistinct({ batchId: takeDown.batchId })
    .from(takeDown)
    .where(and(eq(takeDown.kind, 'list'), eq(takeDown.status, 'pending')))
    .orderBy(asc(takeDown.batchId));
  return found.map((row) => row.batchId);
}
