import { and, asc, count, desc, eq, gt, inArray, isNull, lte, max, or, sum } from 'drizzle-orm';
import type { Reader } from '#db/store.ts';

/** What the export reads: columns by name, so that nothing else of a row can come along. */

/** Places that exist on the day, in the order of their codes. */
export function listPlacesOn(db: Reader, onDate: string) {
  const { place } = db.t;
  return db
    .select({
      code: place.code,
      name: place.name,
      level: place.level,
      parentCode: place.parentCode,
      validFrom: place.validFrom,
    })
    .from(place)
    .where(and(lte(place.validFrom, onDate), or(isNull(place.validTo), gt(place.validTo, onDate))))
    .orderBy(asc(place.code));
}

export function listBodiesOn(db: Reader, onDate: string) {
  const { body } = db.t;
  return db
    .select({ code: body.code, name: body.name, kind: body.kind, placeCode: body.placeCode })
    .from(body)
    .where(and(lte(body.validFrom, onDate), or(isNull(body.validTo), gt(body.validTo, onDate))))
    .orderBy(asc(body.code));
}

/** Names of all bodies, those that have ended included: an old list keeps its publisher. */
export function listBodyNames(db: Reader) {
  const { body } = db.t;
  return db.select({ code: body.code, name: body.name, placeCode: body.placeCode }).from(body);
}

export function listStandards(db: Reader) {
  const { standard } = db.t;
  return db
    .select()
    .from(standard)
    .orderBy(asc(standard.aidType), asc(standard.areaType), desc(standard.effectiveFrom));
}

export function listHotlines(db: Reader) {
  const { hotline } = db.t;
  return db.select().from(hotline).orderBy(asc(hotline.placeCode), asc(hotline.id));
}

export function listPageTexts(db: Reader) {
  const { pageText } = db.t;
  return db.select().from(pageText).orderBy(asc(pageText.position), asc(pageText.slug));
}

/** The approved batches of the newest approved period of each body and aid type. */
export function listNewestBatches(db: Reader) {
  const { batch } = db.t;
  const newest = db.$with('newest').as(
    db
      .select({
        bodyCode: batch.bodyCode,
        aidType: batch.aidType,
        period: max(batch.period).as('newest_period'),
      })
      .from(batch)
      .where(eq(batch.status, 'approved'))
      .groupBy(batch.bodyCode, batch.aidType),
  );
  return db
    .with(newest)
    .select({
      id: batch.id,
      bodyCode: batch.bodyCode,
      aidType: batch.aidType,
      period: batch.period,
      decidedOn: batch.decidedOn,
      uploadedOn: batch.uploadedOn,
      salt: batch.salt,
    })
    .from(batch)
    .innerJoin(
      newest,
      and(
        eq(batch.bodyCode, newest.bodyCode),
        eq(batch.aidType, newest.aidType),
        eq(batch.period, newest.period),
      ),
    )
    .where(eq(batch.status, 'approved'))
    .orderBy(asc(batch.id));
}
export type NewestBatch = Awaited<ReturnType<typeof listNewestBatches>>[number];

/** The last audit entry of a batch: the later of two approvals on one day. */
export async function readLastBatchSeq(db: Reader, batchId: string): Promise<number> {
  const { auditEntry } = db.t;
  const [row] = await db
    .select({ seq: max(auditEntry.seq) })
    .from(auditEntry)
    .where(and(eq(auditEntry.subjectKind, 'batch'), eq(auditEntry.subjectId, batchId)));
  return row?.seq ?? 0;
}

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
