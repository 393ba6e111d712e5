import { and, desc, eq, gt, gte, inArray, max, notInArray, or, sql, sum } from 'drizzle-orm';
import type { Reader } from '#db/store.ts';
import { chunksOf } from './batches.ts';

/**
 * Long-term lists from a month on that were approved and not taken off themselves, those withdrawn with a later
 * one included. The one approved last comes first.
 */
export function listApprovedBatchesSince(db: Reader, period: string) {
  const { auditEntry, batch } = db.t;
  const ofBatch = eq(auditEntry.subjectKind, 'batch');
  const takenDown = db
    .select({ id: auditEntry.subjectId })
    .from(auditEntry)
    .where(and(ofBatch, eq(auditEntry.action, 'batch.take-down')));
  return db
    .select({
      id: batch.id,
      bodyCode: batch.bodyCode,
      aidType: batch.aidType,
      period: batch.period,
      status: batch.status,
      decidedOn: batch.decidedOn,
      uploadedOn: batch.uploadedOn,
    })
    .from(batch)
    .innerJoin(
      auditEntry,
      and(ofBatch, eq(auditEntry.subjectId, batch.id), eq(auditEntry.action, 'batch.approve')),
    )
    .where(
      and(
        eq(batch.kind, 'LIST'),
        gte(batch.period, period),
        or(
          eq(batch.status, 'approved'),
          and(eq(batch.status, 'withdrawn'), notInArray(batch.id, takenDown)),
        ),
      ),
    )
    .orderBy(desc(batch.period), desc(batch.decidedOn), desc(auditEntry.seq));
}

// What is written of a batch without a change of what counts.
const HARMLESS = ['batch.upload', 'batch.reject', 'batch.forget-names', 'batch.upload-expired'];

/** Batches approved, taken off or put back after an audit entry (its `seq`). */
export async function listBatchesDecidedAfter(db: Reader, seq: number): Promise<string[]> {
  const { auditEntry } = db.t;
  const rows = await db
    .selectDistinct({ id: auditEntry.subjectId })
    .from(auditEntry)
    .where(
      and(
        gt(auditEntry.seq, seq),
        eq(auditEntry.subjectKind, 'batch'),
        notInArray(auditEntry.action, HARMLESS),
      ),
    );
  return rows.map((row) => row.id);
}

/**
 * Of each body and aid type the newest list that was ever approved, whatever became of it since: who has
 * published once owes the next month.
 */
export async function listListedAids(db: Reader) {
  const { batch } = db.t;
  const decided = and(eq(batch.kind, 'LIST'), inArray(batch.status, ['approved', 'withdrawn']));
  const newest = db.$with('newest').as(
    db
      .select({
        bodyCode: batch.bodyCode,
        aidType: batch.aidType,
        period: max(batch.period).as('newest_period'),
      })
      .from(batch)
      .where(decided)
      .groupBy(batch.bodyCode, batch.aidType),
  );
  return db
    .with(newest)
    .select({ id: batch.id, aidType: batch.aidType, period: batch.period })
    .from(batch)
    .innerJoin(
      newest,
      and(
        eq(batch.bodyCode, newest.bodyCode),
        eq(batch.aidType, newest.aidType),
        eq(batch.period, newest.period),
      ),
    )
    .where(decided);
}

/**
 * What was counted of some batches when they were approved, by batch and the township of the place (the place
 * itself where it is no village). Batches without counts are not in the answer. `listedCents` is without places
 * that list fewer than `countsOnlyBelow` households.
 */
export async function sumBatchCounts(db: Reader, batchIds: string[], countsOnlyBelow: number) {
  const { batchCount, place } = db.t;
  const areaCode = sql<string>`case when ${place.level} = 'village' then coalesce(${place.parentCode}, ${batchCount.placeCode}) else ${batchCount.placeCode} end`;
  const listedCents = sql`case when ${batchCount.listedHouseholds} >= ${countsOnlyBelow} then ${batchCount.listedCents} else 0 end`;
  const sums = [];
  for (const ids of chunksOf(batchIds)) {
    const rows = await db
      .select({
        batchId: batchCount.batchId,
        areaCode: areaCode.as('area_code'),
        households: sum(batchCount.households),
        persons: sum(batchCount.persons),
        listedCents: sum(listedCents),
        allCents: sum(batchCount.amountCents),
        joined: sum(batchCount.joined),
        left: sum(batchCount.left),
      })
      .from(batchCount)
      .leftJoin(place, eq(place.code, batchCount.placeCode))
      .where(inArray(batchCount.batchId, ids))
      .groupBy(batchCount.batchId, sql`area_code`);
    for (const row of rows) {
      sums.push({
        batchId: row.batchId,
        areaCode: row.areaCode,
        households: Number(row.households),
        persons: Number(row.persons),
        listedCents: Number(row.listedCents),
        allCents: Number(row.allCents),
        // SUM of unknown numbers only is unknown.
        joined: row.joined === null ? null : Number(row.joined),
        left: row.left === null ? null : Number(row.left),
      });
    }
  }
  return sums;
}
