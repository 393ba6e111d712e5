import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type Supervision = Schema['supervision']['$inferSelect'];

/** Supervisions of leads that have not ended, in the order in which they began. */
export async function listSupervisions(db: Reader, leadIds: string[]): Promise<Supervision[]> {
  if (leadIds.length === 0) return [];
  const { supervision } = db.t;
  return db
    .select()
    .from(supervision)
    .where(and(inArray(supervision.leadId, leadIds), isNull(supervision.endedOn)))
    .orderBy(asc(supervision.leadId), asc(supervision.seq));
}

/** One that begins, some that change, or all that go because nothing may tell of them any more. */
export type SupervisionChange =
  | { begun: Omit<Supervision, 'leadId'> }
  | { changed: number[]; set: Partial<Omit<Supervision, 'leadId' | 'seq'>> }
  | 'forgotten';

export async function writeSupervision(
  tx: Tx,
  leadId: string,
  change: SupervisionChange,
): Promise<void> {
  const { supervision } = tx.t;
  if (change === 'forgotten') {
    await tx.delete(supervision).where(eq(supervision.leadId, leadId));
  } else if ('begun' in change) {
    await tx.insert(supervision).values({ ...change.begun, leadId });
  } else if (change.changed.length > 0) {
    await tx
      .update(supervision)
      .set(change.set)
      .where(and(eq(supervision.leadId, leadId), inArray(supervision.seq, change.changed)));
  }
}
