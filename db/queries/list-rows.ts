import { and, asc, eq } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';
import { chunksOf } from './batches.ts';

export type StoredRow = Schema['listRow']['$inferSelect'];

export async function insertListRows(tx: Tx, rows: StoredRow[]): Promise<void> {
  for (const part of chunksOf(rows)) await tx.insert(tx.t.listRow).values(part);
}

/** The rows of a batch in the order of the file. */
export async function listRowsOf(db: Reader, batchId: string): Promise<StoredRow[]> {
  const { listRow } = db.t;
  return db.select().from(listRow).where(eq(listRow.batchId, batchId)).orderBy(asc(listRow.seq));
}

/** Id of a batch's first row: another one once the file was read again. Empty where it has none. */
export async function readFirstRowId(db: Reader, batchId: string): Promise<string> {
  const { listRow } = db.t;
  const [first] = await db
    .select({ id: listRow.id })
    .from(listRow)
    .where(eq(listRow.batchId, batchId))
    .orderBy(asc(listRow.seq))
    .limit(1);
  return first?.id ?? '';
}

export async function readListRow(db: Reader, id: string): Promise<StoredRow | null> {
  const [found] = await db.select().from(db.t.listRow).where(eq(db.t.listRow.id, id));
  return found ?? null;
}

/** Changes what the web may show of a row; false where it is no longer as it was read. */
export async function moveRowVisibility(
  tx: Tx,
  id: string,
  from: StoredRow['visibility'],
  to: StoredRow['visibility'],
): Promise<boolean> {
  const { listRow } = tx.t;
  const moved = await tx
    .update(listRow)
    .set({ visibility: to })
    .where(and(eq(listRow.id, id), eq(listRow.visibility, from)))
    .returning({ id: listRow.id });
  return moved.length === 1;
}

/** The rows of one place of a batch in the order of the file. */
export async function listRowsOfPlace(
  db: Reader,
  batchId: string,
  placeCode: string,
): Promise<StoredRow[]> {
  const { listRow } = db.t;
  return db
    .select()
    .from(listRow)
    .where(and(eq(listRow.batchId, batchId), eq(listRow.placeCode, placeCode)))
    .orderBy(asc(listRow.seq));
}
