import { and, asc, desc, eq } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type Standard = Schema['standard']['$inferSelect'];
export type NewStandard = Schema['standard']['$inferInsert'];

/** Every standard, past ones too: by aid type and area, the newest first. */
export async function listStandards(db: Reader): Promise<Standard[]> {
  const { standard } = db.t;
  return db
    .select()
    .from(standard)
    .orderBy(asc(standard.aidType), asc(standard.areaType), desc(standard.effectiveFrom));
}

export async function insertStandards(tx: Tx, standards: NewStandard[]): Promise<void> {
  if (standards.length > 0) await tx.insert(tx.t.standard).values(standards);
}

/** Changes a standard whose version is still the one that was read; false where it is not. */
export async function updateStandard(
  tx: Tx,
  { id, version }: Pick<Standard, 'id' | 'version'>,
  change: Partial<Standard>,
): Promise<boolean> {
  const { standard } = tx.t;
  const rows = await tx
    .update(standard)
    .set({ ...change, version: version + 1 })
    .where(and(eq(standard.id, id), eq(standard.version, version)))
    .returning({ id: standard.id });
  return rows.length === 1;
}

/** Takes a standard away whose version is still the one that was read. */
export async function deleteStandard(
  tx: Tx,
  { id, version }: Pick<Standard, 'id' | 'version'>,
): Promise<boolean> {
  const { standard } = tx.t;
  const rows = await tx
    .delete(standard)
    .where(and(eq(standard.id, id), eq(standard.version, version)))
    .returning({ id: standard.id });
  return rows.length === 1;
}
