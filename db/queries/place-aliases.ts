import { asc, eq } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';
import { chunksOf } from './batches.ts';

export type PlaceAlias = Schema['placeAlias']['$inferSelect'];
export type BatchSpelling = Schema['batchSpelling']['$inferSelect'];

/** Every spelling that was confirmed, those of towns before those of the county. */
export async function listPlaceAliases(db: Reader): Promise<PlaceAlias[]> {
  const { placeAlias } = db.t;
  return db.select().from(placeAlias).orderBy(asc(placeAlias.scopeCode), asc(placeAlias.written));
}

/** Remembers spellings; one that was confirmed before means what was said last. */
export async function putPlaceAliases(tx: Tx, aliases: PlaceAlias[]): Promise<void> {
  const { placeAlias } = tx.t;
  for (const alias of aliases) {
    const { placeCode, confirmedBy, confirmedOn } = alias;
    await tx
      .insert(placeAlias)
      .values(alias)
      .onConflictDoUpdate({
        target: [placeAlias.scopeCode, placeAlias.written],
        set: { placeCode, confirmedBy, confirmedOn },
      });
  }
}

/** How the file of a batch writes its villages, the unknown ones first. */
export async function listBatchSpellings(db: Reader, batchId: string): Promise<BatchSpelling[]> {
  const { batchSpelling } = db.t;
  return db
    .select()
    .from(batchSpelling)
    .where(eq(batchSpelling.batchId, batchId))
    .orderBy(asc(batchSpelling.placeCode), asc(batchSpelling.town), asc(batchSpelling.written));
}

export async function insertBatchSpellings(tx: Tx, spellings: BatchSpelling[]): Promise<void> {
  for (const part of chunksOf(spellings)) await tx.insert(tx.t.batchSpelling).values(part);
}
