import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type Hotline = Schema['hotline']['$inferSelect'];

/** Published phones in the order of places, as arranged within a place. */
export async function listHotlines(db: Reader): Promise<Hotline[]> {
  const { hotline } = db.t;
  return db
    .select()
    .from(hotline)
    .where(isNull(hotline.endedOn))
    .orderBy(asc(hotline.placeCode), asc(hotline.position), asc(hotline.id));
}

/** Ended ones too. */
export async function readHotline(db: Reader, id: string): Promise<Hotline | null> {
  const [found] = await db.select().from(db.t.hotline).where(eq(db.t.hotline.id, id));
  return found ?? null;
}

/** What hotlines belong to, ended ones too. */
export function listHotlineLevels(db: Reader) {
  const { hotline } = db.t;
  return db
    .select({
      id: hotline.id,
      placeCode: hotline.placeCode,
      level: hotline.level,
      unit: hotline.unit,
    })
    .from(hotline);
}

/** Ids of all phones a place ever had. */
export async function listHotlineIds(db: Reader, placeCode: string): Promise<string[]> {
  const { hotline } = db.t;
  const rows = await db
    .select({ id: hotline.id })
    .from(hotline)
    .where(eq(hotline.placeCode, placeCode));
  return rows.map((row) => row.id);
}

export async function insertHotlines(tx: Tx, hotlines: Hotline[]): Promise<void> {
  if (hotlines.length > 0) await tx.insert(tx.t.hotline).values(hotlines);
}

/** Changes a hotline that is as it was read; false where somebody changed it since. */
export async function updateHotline(
  tx: Tx,
  id: string,
  revision: number,
  change: Partial<Omit<Hotline, 'id' | 'revision'>>,
): Promise<boolean> {
  const { hotline } = tx.t;
  const changed = await tx
    .update(hotline)
    .set({ ...change, revision: revision + 1 })
    .where(and(eq(hotline.id, id), eq(hotline.revision, revision), isNull(hotline.endedOn)))
    .returning({ id: hotline.id });
  return changed.length === 1;
}
