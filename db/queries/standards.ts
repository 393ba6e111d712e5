import { asc, desc } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type Standard = Schema['standard']['$inferSelect'];

/** Every standard, past ones too: by aid type and area, the newest first. */
export async function listStandards(db: Reader): Promise<Standard[]> {
  const { standard } = db.t;
  return db
    .select()
    .from(standard)
    .orderBy(asc(standard.aidType), asc(standard.areaType), desc(standard.effectiveFrom));
}

export async function insertStandards(tx: Tx, standards: Standard[]): Promise<void> {
  if (standards.length > 0) await tx.insert(tx.t.standard).values(standards);
}
