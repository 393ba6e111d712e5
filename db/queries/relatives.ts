import { and, asc, eq, gt, inArray, isNull, ne } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';
import { chunksOf } from './batches.ts';

export type Relative = Schema['relative']['$inferSelect'];
export type RelativeHit = Schema['relativeHit']['$inferSelect'];

export async function insertRelatives(tx: Tx, rows: Relative[]): Promise<void> {
  for (const part of chunksOf(rows)) await tx.insert(tx.t.relative).values(part);
}

/** Entries in force of these members of staff, by the macs of their names. */
export async function listRelativesOfStaff(db: Reader, staffNameMacs: string[]) {
  return listInForce(db, 'staffNameMac', staffNameMacs);
}

/** Entries in force whose relatives bear these names, by the names' macs. */
export async function listRelativesNamed(db: Reader, nameMacs: string[]) {
  return listInForce(db, 'relativeNameMac', nameMacs);
}

/** Entries in force with these ID numbers, by the numbers' macs. */
export async function listRelativesWithId(db: Reader, idMacs: string[]) {
  return listInForce(db, 'idMac', idMacs);
}

async function listInForce(
  db: Reader,
  column: 'staffNameMac' | 'relativeNameMac' | 'idMac',
  macs: string[],
): Promise<Relative[]> {
  const { relative } = db.t;
  const rows: Relative[] = [];
  for (const part of chunksOf([...new Set(macs)])) {
    rows.push(
      ...(await db
        .select()
        .from(relative)
        .where(and(inArray(relative[column], part), isNull(relative.endedOn)))),
    );
  }
  return rows;
}

/** A page of the register in the order of ids, entries in force only. */
export async function listRelatives(db: Reader, after: string, limit: number): Promise<Relative[]> {
  const { relative } = db.t;
  return db
    .select()
    .from(relative)
    .where(and(isNull(relative.endedOn), gt(relative.id, after)))
    .orderBy(asc(relative.id))
    .limit(limit);
}

export async function countRelatives(db: Reader): Promise<number> {
  return db.$count(db.t.relative, isNull(db.t.relative.endedOn));
}

/** Ends entries; they stay for the history. Answers how many were in force. */
export async function endRelatives(tx: Tx, ids: string[], endedOn: string): Promise<number> {
  const { relative } = tx.t;
  let ended = 0;
  for (const part of chunksOf(ids)) {
    const rows = await tx
      .update(relative)
      .set({ endedOn })
      .where(and(inArray(relative.id, part), isNull(relative.endedOn)))
      .returning({ id: relative.id });
    ended += rows.length;
  }
  return ended;
}

/** A registered relative who stands in a list. */
export type RelativeMatch = Pick<
  RelativeHit,
  'relativeId' | 'batchId' | 'householdMac' | 'aidType'
>;

/** Entries in force that are heads of households in these lists. */
export async function findMatches(db: Reader, batchIds: string[]): Promise<RelativeMatch[]> {
  if (batchIds.length === 0) return [];
  const { batch, listRow, relative } = db.t;
  return db
    .select({
      relativeId: relative.id,
      batchId: batch.id,
      householdMac: listRow.idMac,
      aidType: batch.aidType,
    })
    .from(relative)
    .innerJoin(listRow, eq(listRow.idMac, relative.idMac))
    .innerJoin(batch, eq(batch.id, listRow.batchId))
    .where(
      and(isNull(relative.endedOn), inArray(batch.id, batchIds), ne(listRow.visibility, 'left')),
    );
}

/** What was found before is not found again. Answers how many are new. */
export async function insertHits(tx: Tx, hits: RelativeHit[]): Promise<number> {
  let found = 0;
  for (const part of chunksOf(hits)) {
    const rows = await tx
      .insert(tx.t.relativeHit)
      .values(part)
      .onConflictDoNothing()
      .returning({ id: tx.t.relativeHit.id });
    found += rows.length;
  }
  return found;
}

/** Lists that wait for their review, beside those that stand. */
export async function listWaitingBatchIds(db: Reader): Promise<string[]> {
  const { batch } = db.t;
  const rows = await db
    .select({ id: batch.id })
    .from(batch)
    .where(and(eq(batch.kind, 'LIST'), eq(batch.status, 'review')));
  return rows.map((row) => row.id);
}

/** Hits with their entry, their list and the masked row; open ones first, then the newest. */
export async function listHits(db: Reader, only: { status: 'open' | 'decided' } | { id: string }) {
  const { batch, listRow, relative, relativeHit } = db.t;
  const matches =
    'id' in only
      ? eq(relativeHit.id, only.id)
      : only.status === 'open'
        ? eq(relativeHit.status, 'open')
        : ne(relativeHit.status, 'open');
  return db
    .select({
      hit: relativeHit,
      relative,
      aidType: batch.aidType,
      period: batch.period,
      listBody: batch.bodyCode,
      placeCode: listRow.placeCode,
      maskedName: listRow.maskedName,
      members: listRow.members,
      amountCents: listRow.amountCents,
    })
    .from(relativeHit)
    .innerJoin(relative, eq(relative.id, relativeHit.relativeId))
    .leftJoin(batch, eq(batch.id, relativeHit.batchId))
    .leftJoin(
      listRow,
      and(eq(listRow.batchId, relativeHit.batchId), eq(listRow.idMac, relativeHit.householdMac)),
    )
    .where(matches)
    .orderBy(asc(relativeHit.foundOn), asc(relativeHit.id));
}

/** Decides an open hit; false where somebody was faster. */
export async function decideHit(
  tx: Tx,
  id: string,
  decision: Pick<RelativeHit, 'status' | 'decidedBy' | 'decidedOn'>,
): Promise<boolean> {
  const { relativeHit } = tx.t;
  const rows = await tx
    .update(relativeHit)
    .set(decision)
    .where(and(eq(relativeHit.id, id), eq(relativeHit.status, 'open')))
    .returning({ id: relativeHit.id });
  return rows.length === 1;
}
