import { and, asc, eq, gte } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type Duty = Schema['hotlineDuty']['$inferSelect'];

/** Duties that have not ended before a day, the earliest first. */
export async function listDutiesFrom(db: Reader, day: string): Promise<Duty[]> {
  const { hotlineDuty } = db.t;
  return db
    .select()
    .from(hotlineDuty)
    .where(gte(hotlineDuty.toDate, day))
    .orderBy(asc(hotlineDuty.fromDate), asc(hotlineDuty.hours), asc(hotlineDuty.id));
}

export async function listDutiesOf(db: Reader, hotlineId: string): Promise<Duty[]> {
  const { hotlineDuty } = db.t;
  return db
    .select()
    .from(hotlineDuty)
    .where(eq(hotlineDuty.hotlineId, hotlineId))
    .orderBy(asc(hotlineDuty.fromDate), asc(hotlineDuty.hours), asc(hotlineDuty.id));
}

export async function insertDuties(tx: Tx, duties: Duty[]): Promise<void> {
  if (duties.length > 0) await tx.insert(tx.t.hotlineDuty).values(duties);
}

/** False where it is gone already. */
export async function deleteDuty(tx: Tx, hotlineId: string, id: string): Promise<boolean> {
  const { hotlineDuty } = tx.t;
  const gone = await tx
    .delete(hotlineDuty)
    .where(and(eq(hotlineDuty.id, id), eq(hotlineDuty.hotlineId, hotlineId)))
    .returning({ id: hotlineDuty.id });
  return gone.length === 1;
}
