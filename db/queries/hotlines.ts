import { asc } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type Hotline = Schema['hotline']['$inferSelect'];

/** Published phones in the order of places, as entered within a place. */
export async function listHotlines(db: Reader): Promise<Hotline[]> {
  const { hotline } = db.t;
  return db.select().from(hotline).orderBy(asc(hotline.placeCode), asc(hotline.id));
}

export async function insertHotlines(tx: Tx, hotlines: Hotline[]): Promise<void> {
  if (hotlines.length > 0) await tx.insert(tx.t.hotline).values(hotlines);
}
