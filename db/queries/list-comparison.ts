import { and, eq, inArray } from 'drizzle-orm';
import type { Reader } from '#db/store.ts';
import { chunksOf, listNewestBatches } from './batches.ts';
import type { Batch } from './batches.ts';

/**
 * The list that a new one follows: of its body and aid type, the one that counts of its own period or the
 * newest before. Null for a notice, which follows none.
 */
export async function findListBefore(
  db: Reader,
  { kind, bodyCode, aidType, period }: Batch,
): Promise<Batch | null> {
  if (kind !== 'LIST') return null;
  const [found] = await listNewestBatches(db, { bodyCode, aidType, until: period });
  return found ?? null;
}

/** Every row of a batch, with the columns a comparison needs: there may be twenty thousand. */
export function listComparedRows(db: Reader, batchId: string) {
  const { idMac, placeCode, maskedName, members, amountCents, visibility } = db.t.listRow;
  return db
    .select({ idMac, placeCode, maskedName, members, amountCents, visibility })
    .from(db.t.listRow)
    .where(eq(db.t.listRow.batchId, batchId));
}

/** Where a batch has these households, by their keyed IDs. */
export async function findPlacesOf(
  db: Reader,
  batchId: string,
  idMacs: string[],
): Promise<Map<string, string>> {
  const { idMac, placeCode } = db.t.listRow;
  const places = new Map<string, string>();
  for (const part of chunksOf(idMacs)) {
    const rows = await db
      .select({ idMac, placeCode })
      .from(db.t.listRow)
      .where(and(inArray(idMac, part), eq(db.t.listRow.batchId, batchId)));
    for (const row of rows) places.set(row.idMac, row.placeCode);
  }
  return places;
}
