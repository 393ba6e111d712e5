import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type GateWarning = Schema['gateWarning']['$inferSelect'];

/** Adds a warning; one that is known, cleared or not, stays as it is. */
export async function insertWarning(tx: Tx, warning: GateWarning): Promise<void> {
  await tx.insert(tx.t.gateWarning).values(warning).onConflictDoNothing();
}

/** Warnings that nobody has cleared, the oldest first. */
export async function listOpenWarnings(db: Reader): Promise<GateWarning[]> {
  const { gateWarning } = db.t;
  return db
    .select()
    .from(gateWarning)
    .where(isNull(gateWarning.clearedOn))
    .orderBy(asc(gateWarning.foundOn), asc(gateWarning.id));
}

export async function listWarningsById(db: Reader, ids: string[]): Promise<GateWarning[]> {
  const { gateWarning } = db.t;
  return db.select().from(gateWarning).where(inArray(gateWarning.id, ids));
}

/** Forgets an open warning whose words are no longer published. */
export async function deleteOpenWarning(tx: Tx, id: string): Promise<void> {
  const { gateWarning } = tx.t;
  await tx.delete(gateWarning).where(and(eq(gateWarning.id, id), isNull(gateWarning.clearedOn)));
}

/** The second person's word; false where somebody has given theirs. */
export async function clearWarning(
  tx: Tx,
  id: string,
  cleared: { clearedBy: string; clearedOn: string },
): Promise<boolean> {
  const { gateWarning } = tx.t;
  const changed = await tx
    .update(gateWarning)
    .set(cleared)
    .where(and(eq(gateWarning.id, id), isNull(gateWarning.clearedOn)))
    .returning({ id: gateWarning.id });
  return changed.length === 1;
}
