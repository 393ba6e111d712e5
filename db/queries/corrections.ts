import { asc, desc, gte } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type StoredCorrection = Schema['correction']['$inferSelect'];

export async function insertCorrection(tx: Tx, correction: StoredCorrection): Promise<void> {
  await tx.insert(tx.t.correction).values(correction);
}

/** Corrections of a civil date and later, the newest first. */
export async function listCorrectionsSince(db: Reader, date: string): Promise<StoredCorrection[]> {
  const { correction } = db.t;
  return db
    .select()
    .from(correction)
    .where(gte(correction.onDate, date))
    .orderBy(
      desc(correction.onDate),
      asc(correction.placeCode),
      asc(correction.aidType),
      desc(correction.period),
      asc(correction.kind),
      asc(correction.reason),
    );
}
