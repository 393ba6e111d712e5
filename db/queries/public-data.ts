import { and, asc, count, eq, gt, inArray, sum } from 'drizzle-orm';
import type { Reader } from '#db/store.ts';

/** What the export reads of lists: columns by name, so that nothing else of a row can come along. */

export async function listBatchPlaces(db: Reader, batchId: string): Promise<string[]> {
  const { listRow } = db.t;
  const rows = await db
    .selectDistinct({ placeCode: listRow.placeCode })
    .from(listRow)
    .where(eq(listRow.batchId, batchId));
  return rows.map((row) => row.placeCode);
}

/** Listed rows of some batches in some places, in the order of the list. */
export function listListedRows(db: Reader, batchIds: string[], placeCodes: string[]) {
  const { listRow } = db.t;
  return db
    .select({
      batchId: listRow.batchId,
      placeCode: listRow.placeCode,
      maskedName: listRow.maskedName,
      members: listRow.members,
      amountCents: listRow.amountCents,
      since: listRow.since,
    })
    .from(listRow)
    .where(
      and(
        inArray(listRow.batchId, batchIds),
        inArray(listRow.placeCode, placeCodes),
        eq(listRow.visibility, 'listed'),
      ),
    )
    .orderBy(asc(listRow.batchId), asc(listRow.placeCode), asc(listRow.seq));
}

/** Households, persons and money of a batch by place and visibility. */
export async function sumBatch(db: Reader, batchId: string) {
  const { listRow } = db.t;
  const rows = await db
    .select({
      placeCode: listRow.placeCode,
      visibility: listRow.visibility,
      households: count(),
      persons: sum(listRow.members),
      amountCents: sum(listRow.amountCents),
    })
    .from(listRow)
    .where(eq(listRow.batchId, batchId))
    .groupBy(listRow.placeCode, listRow.visibility);
  return rows.map((row) => ({
    ...row,
    persons: Number(row.persons ?? 0),
    amountCents: Number(row.amountCents ?? 0),
  }));
}

/** Rows that were changed one by one after an audit entry (its `seq`). */
export function listRowsChangedAfter(db: Reader, seq: number) {
  const { auditEntry, listRow } = db.t;
  return db
    .selectDistinct({ batchId: listRow.batchId, placeCode: listRow.placeCode })
    .from(auditEntry)
    .innerJoin(listRow, eq(listRow.id, auditEntry.subjectId))
    .where(and(gt(auditEntry.seq, seq), eq(auditEntry.subjectKind, 'list-row')));
}

export function listNameHashes(db: Reader, batchIds: string[]) {
  const { nameHash } = db.t;
  return db
    .select({ mac: nameHash.mac, length: nameHash.length })
    .from(nameHash)
    .where(inArray(nameHash.batchId, batchIds));
}
