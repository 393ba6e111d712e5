import { and, asc, eq, inArray, ne, notInArray } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';
import { chunksOf } from './batches.ts';

export type ListExit = Schema['listExit']['$inferSelect'];

/**
 * Households that counted in the list before and are not in this one, each with the reason it was given
 * (null: none yet), in the order of places and of the list before.
 */
export function listExitsOf(db: Reader, batchId: string, beforeId: string) {
  const { listExit, listRow } = db.t;
  const staying = db
    .select({ idMac: listRow.idMac })
    .from(listRow)
    .where(eq(listRow.batchId, batchId));
  return db
    .select({
      id: listRow.id,
      idMac: listRow.idMac,
      placeCode: listRow.placeCode,
      maskedName: listRow.maskedName,
      visibility: listRow.visibility,
      members: listRow.members,
      amountCents: listRow.amountCents,
      since: listRow.since,
      reason: listExit.reason,
      setBy: listExit.setBy,
    })
    .from(listRow)
    .leftJoin(listExit, and(eq(listExit.batchId, batchId), eq(listExit.idMac, listRow.idMac)))
    .where(
      and(
        eq(listRow.batchId, beforeId),
        ne(listRow.visibility, 'left'),
        notInArray(listRow.idMac, staying),
      ),
    )
    .orderBy(asc(listRow.placeCode), asc(listRow.seq));
}
export type MissingRow = Awaited<ReturnType<typeof listExitsOf>>[number];

/** Sets the reason of some households, in place of one they had. */
export async function putExits(tx: Tx, exits: ListExit[]): Promise<void> {
  const { listExit } = tx.t;
  for (const part of chunksOf(exits)) {
    const keys = part.map((exit) => exit.idMac);
    const [first] = part;
    if (!first) continue;
    await tx
      .delete(listExit)
      .where(and(eq(listExit.batchId, first.batchId), inArray(listExit.idMac, keys)));
    await tx.insert(listExit).values(part);
  }
}

/** Drops reasons given for households that did not leave. */
export async function keepExits(tx: Tx, batchId: string, idMacs: string[]): Promise<void> {
  const { listExit } = tx.t;
  const kept = new Set(idMacs);
  const stored = await tx
    .select({ idMac: listExit.idMac })
    .from(listExit)
    .where(eq(listExit.batchId, batchId));
  const stale = stored.flatMap(({ idMac }) => (kept.has(idMac) ? [] : [idMac]));
  for (const part of chunksOf(stale)) {
    await tx
      .delete(listExit)
      .where(and(eq(listExit.batchId, batchId), inArray(listExit.idMac, part)));
  }
}
