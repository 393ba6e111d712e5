import { and, asc, desc, eq, gt, inArray, lte, ne } from 'drizzle-orm';
import type { Reader } from '#db/store.ts';
import type { Batch } from './batches.ts';

/** Notices that were approved and have begun by `now`, and end after `since`; the latest first. */
export function listBegunNotices(db: Reader, now: number, since: number): Promise<Batch[]> {
  const { batch } = db.t;
  return db
    .select()
    .from(batch)
    .where(
      and(
        inArray(batch.status, ['approved', 'withdrawn']),
        ne(batch.kind, 'LIST'),
        lte(batch.startsAt, now),
        gt(batch.endsAt, since),
      ),
    )
    .orderBy(desc(batch.startsAt), asc(batch.id));
}

/** Ids of approved notices that run now or will. */
export async function listOpenNotices(db: Reader, now: number): Promise<string[]> {
  const { batch } = db.t;
  const found = await db
    .select({ id: batch.id })
    .from(batch)
    .where(and(eq(batch.status, 'approved'), ne(batch.kind, 'LIST'), gt(batch.endsAt, now)));
  return found.map((row) => row.id);
}

/** Listed rows of some notices in some places: columns by name, so that nothing else can come along. */
export function listNoticeRows(db: Reader, batchIds: string[], placeCodes: string[]) {
  const { listRow } = db.t;
  return db
    .select({
      batchId: listRow.batchId,
      placeCode: listRow.placeCode,
      no: listRow.no,
      maskedName: listRow.maskedName,
      members: listRow.members,
      amountCents: listRow.amountCents,
    })
    .from(listRow)
    .where(
      and(
        inArray(listRow.batchId, batchIds),
        inArray(listRow.placeCode, placeCodes),
        eq(listRow.visibility, 'listed'),
      ),
    )
    .orderBy(asc(listRow.batchId), asc(listRow.placeCode), asc(listRow.no));
}

/** Of these batches those that are approved still. */
export async function listApprovedAmong(db: Reader, ids: string[]): Promise<Batch[]> {
  const { batch } = db.t;
  if (ids.length === 0) return [];
  return db
    .select()
    .from(batch)
    .where(and(inArray(batch.id, ids), eq(batch.status, 'approved')));
}
