import { and, inArray, ne } from 'drizzle-orm';
import type { Reader } from '#db/store.ts';
import { chunksOf } from './batches.ts';

export type FoundHousehold = { idMac: string; batchId: string; placeCode: string };

/** Where these batches count these households, by their keyed IDs. */
export async function findHouseholds(
  db: Reader,
  batchIds: string[],
  idMacs: string[],
): Promise<FoundHousehold[]> {
  const { idMac, batchId, placeCode, visibility } = db.t.listRow;
  const wanted = new Set(batchIds);
  const found: FoundHousehold[] = [];
  if (wanted.size === 0) return found;
  for (const part of chunksOf(idMacs)) {
    // By household alone, which the index knows: a county has dozens of lists and each person few rows.
    const rows = await db
      .select({ idMac, batchId, placeCode })
      .from(db.t.listRow)
      .where(and(inArray(idMac, part), ne(visibility, 'left')));
    found.push(...rows.filter((row) => wanted.has(row.batchId)));
  }
  return found;
}
