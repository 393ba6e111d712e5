import { and, asc, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import type { Batch } from './batches.ts';
import type { StoredRow } from './list-rows.ts';
import type { Reader, Tx } from '#db/store.ts';

/** Single rows of lists that stand on the site or will: approved, and their names not forgotten. */

type Figures = Pick<Batch, 'households' | 'persons' | 'amountCents'>;

/**
 * A household's rows in one body's long-term lists of an aid type: the one on the site, and a newer one that
 * was approved and waits to be published.
 */
export async function listStandingRowsOf(
  db: Reader,
  { bodyCode, aidType }: Pick<Batch, 'bodyCode' | 'aidType'>,
  idMac: string,
): Promise<StoredRow[]> {
  const { batch, listRow } = db.t;
  const found = await db
    .select({ row: listRow })
    .from(listRow)
    .innerJoin(batch, eq(batch.id, listRow.batchId))
    .where(
      and(
        eq(listRow.idMac, idMac),
        eq(batch.bodyCode, bodyCode),
        eq(batch.aidType, aidType),
        eq(batch.kind, 'LIST'),
        eq(batch.status, 'approved'),
        ne(batch.salt, ''),
      ),
    )
    .orderBy(asc(listRow.id));
  return found.map(({ row }) => row);
}

/** Changes a row that still reads as it was read; false where it does not. */
export async function changeStandingRow(
  tx: Tx,
  { id, visibility, members, amountCents }: StoredRow,
  set: Partial<Pick<StoredRow, 'visibility' | 'members' | 'amountCents'>>,
): Promise<boolean> {
  const { listRow } = tx.t;
  const changed = await tx
    .update(listRow)
    .set(set)
    .where(
      and(
        eq(listRow.id, id),
        eq(listRow.visibility, visibility),
        eq(listRow.members, members),
        eq(listRow.amountCents, amountCents),
      ),
    )
    .returning({ id: listRow.id });
  return changed.length === 1;
}

/** Adds to the figures of a batch, or takes from them where a number is negative. */
export async function changeBatchFigures(tx: Tx, id: string, delta: Figures): Promise<void> {
  const { batch } = tx.t;
  await tx
    .update(batch)
    .set({
      households: sql`${batch.households} + ${delta.households}`,
      persons: sql`${batch.persons} + ${delta.persons}`,
      amountCents: sql`${batch.amountCents} + ${delta.amountCents}`,
    })
    .where(eq(batch.id, id));
}

/**
 * Takes the name off every row of a household in lists that wait for review, are approved, or were withdrawn
 * and may be put back, as if the file had withheld it: where nobody has seen the list yet, the numbers
 * after it move up. Answers the rows as they were; one that a person took down stays so.
 */
export async function withholdRowsOf(tx: Tx, idMac: string, now: number): Promise<StoredRow[]> {
  const { batch, listRow } = tx.t;
  const found = await tx
    .select({ row: listRow, status: batch.status, startsAt: batch.startsAt })
    .from(listRow)
    .innerJoin(batch, eq(batch.id, listRow.batchId))
    .where(
      and(
        eq(listRow.idMac, idMac),
        inArray(batch.status, ['review', 'approved', 'withdrawn']),
        inArray(listRow.visibility, ['listed', 'held']),
        // An ended notice names nobody; were its count to fall by one, that would tell of the household.
        or(eq(listRow.visibility, 'held'), isNull(batch.endsAt), gt(batch.endsAt, now)),
      ),
    )
    .orderBy(asc(listRow.id));
  const rows = found.map(({ row }) => row);
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  await tx
    .update(listRow)
    .set({ visibility: 'withheld', maskedName: null })
    .where(inArray(listRow.id, ids));
  for (const { row, status, startsAt } of found) {
    const isUnseen = status === 'review' || (startsAt !== null && startsAt > now);
    if (isUnseen) await closeNumberGap(tx, row);
  }
  return rows;
}

/** A gap would tell that a household of the village is kept from the public. */
async function closeNumberGap(tx: Tx, { id, batchId, placeCode, no }: StoredRow): Promise<void> {
  if (no === 0) return;
  const { listRow } = tx.t;
  await tx.update(listRow).set({ no: 0 }).where(eq(listRow.id, id));
  await tx
    .update(listRow)
    .set({ no: sql`${listRow.no} - 1` })
    .where(and(eq(listRow.batchId, batchId), eq(listRow.placeCode, placeCode), gt(listRow.no, no)));
}
