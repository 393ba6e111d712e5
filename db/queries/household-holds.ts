import { and, asc, desc, eq, gt, inArray, ne } from 'drizzle-orm';
import type { Reader } from '#db/store.ts';
import { chunksOf } from './batches.ts';
import type { Batch } from './batches.ts';
import type { StoredRow } from './list-rows.ts';

/** A household of a notice, as its page names it. */
export type NoticeRowName = { batchId: string; placeCode: string; no: number };

export async function findNoticeRow(
  db: Reader,
  { batchId, placeCode, no }: NoticeRowName,
): Promise<StoredRow | null> {
  const { batch, listRow } = db.t;
  const [found] = await db
    .select({ row: listRow })
    .from(listRow)
    .innerJoin(batch, eq(batch.id, listRow.batchId))
    .where(
      and(
        eq(listRow.batchId, batchId),
        eq(listRow.placeCode, placeCode),
        // 0 is a household without a number: withheld from the start.
        gt(listRow.no, 0),
        eq(listRow.no, no),
        ne(batch.kind, 'LIST'),
      ),
    );
  return found?.row ?? null;
}

/** Rows of a household in some state of one aid type, in lists and notices of some states. */
export async function listRowsOfHousehold(
  db: Reader,
  { idMac, aidType }: { idMac: string; aidType: string },
  visibility: StoredRow['visibility'],
  statuses: Batch['status'][],
): Promise<{ row: StoredRow; batch: Batch }[]> {
  const { batch, listRow } = db.t;
  return db
    .select({ row: listRow, batch })
    .from(listRow)
    .innerJoin(batch, eq(batch.id, listRow.batchId))
    .where(
      and(
        eq(listRow.idMac, idMac),
        eq(listRow.visibility, visibility),
        eq(batch.aidType, aidType),
        inArray(batch.status, statuses),
      ),
    )
    .orderBy(asc(listRow.id));
}

/** Which of these households are held back in an approved list or notice of this aid type. */
export async function listHeldAmong(
  db: Reader,
  aidType: string,
  idMacs: string[],
): Promise<Set<string>> {
  const { batch, listRow } = db.t;
  const held = new Set<string>();
  for (const part of chunksOf(idMacs)) {
    const rows = await db
      .selectDistinct({ idMac: listRow.idMac })
      .from(listRow)
      .innerJoin(batch, eq(batch.id, listRow.batchId))
      .where(
        and(
          inArray(listRow.idMac, part),
          eq(listRow.visibility, 'held'),
          eq(batch.aidType, aidType),
          inArray(batch.status, ['approved', 'withdrawn']),
        ),
      );
    for (const row of rows) held.add(row.idMac);
  }
  return held;
}

/** Every row that is held back, the newest list first. */
export async function listHeldRows(
  db: Reader,
  statuses: readonly Batch['status'][],
): Promise<{ row: StoredRow; batch: Batch }[]> {
  const { batch, listRow } = db.t;
  return db
    .select({ row: listRow, batch })
    .from(listRow)
    .innerJoin(batch, eq(batch.id, listRow.batchId))
    .where(and(eq(listRow.visibility, 'held'), inArray(batch.status, [...statuses])))
    .orderBy(desc(batch.period), desc(batch.uploadedOn), asc(listRow.seq));
}
