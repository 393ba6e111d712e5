import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Schema } from '../schema.ts';
import type { Reader, Tx } from '../store.ts';

export type LeadEvent = Schema['leadEvent']['$inferSelect'];
export type LeadMessage = Schema['leadMessage']['$inferSelect'];
export type LeadDeadline = Schema['leadDeadline']['$inferSelect'];

export async function listEvents(db: Reader, leadId: string): Promise<LeadEvent[]> {
  const { leadEvent } = db.t;
  return db
    .select()
    .from(leadEvent)
    .where(eq(leadEvent.leadId, leadId))
    .orderBy(asc(leadEvent.seq));
}

export async function findEvent(db: Reader, leadId: string, seq: number) {
  const { leadEvent } = db.t;
  const [row] = await db
    .select()
    .from(leadEvent)
    .where(and(eq(leadEvent.leadId, leadId), eq(leadEvent.seq, seq)))
    .limit(1);
  return row ?? null;
}

/** Adds the next event of a lead and returns its number. */
export async function insertEvent(tx: Tx, event: Omit<LeadEvent, 'seq'>): Promise<number> {
  const { leadEvent } = tx.t;
  const [last] = await tx
    .select({ seq: leadEvent.seq })
    .from(leadEvent)
    .where(eq(leadEvent.leadId, event.leadId))
    .orderBy(desc(leadEvent.seq))
    .limit(1);
  const seq = (last?.seq ?? 0) + 1;
  await tx.insert(leadEvent).values({ ...event, seq });
  return seq;
}

/** Decides a proposal that is still waiting; false where somebody was faster. */
export async function decideEvent(
  tx: Tx,
  leadId: string,
  seq: number,
  status: 'done' | 'declined',
): Promise<boolean> {
  const { leadEvent } = tx.t;
  const rows = await tx
    .update(leadEvent)
    .set({ status })
    .where(
      and(eq(leadEvent.leadId, leadId), eq(leadEvent.seq, seq), eq(leadEvent.status, 'proposed')),
    )
    .returning({ seq: leadEvent.seq });
  return rows.length === 1;
}

export async function listMessages(db: Reader, leadId: string): Promise<LeadMessage[]> {
  const { leadMessage } = db.t;
  return db
    .select()
    .from(leadMessage)
    .where(eq(leadMessage.leadId, leadId))
    .orderBy(asc(leadMessage.seq));
}

export async function insertMessage(tx: Tx, message: Omit<LeadMessage, 'seq'>): Promise<number> {
  const { leadMessage } = tx.t;
  const [last] = await tx
    .select({ seq: leadMessage.seq })
    .from(leadMessage)
    .where(eq(leadMessage.leadId, message.leadId))
    .orderBy(desc(leadMessage.seq))
    .limit(1);
  const seq = (last?.seq ?? 0) + 1;
  await tx.insert(leadMessage).values({ ...message, seq });
  return seq;
}

export async function listDeadlines(db: Reader, leadId: string): Promise<LeadDeadline[]> {
  const { leadDeadline } = db.t;
  return db
    .select()
    .from(leadDeadline)
    .where(eq(leadDeadline.leadId, leadId))
    .orderBy(asc(leadDeadline.dueOn), asc(leadDeadline.ruleCode));
}

/** A clock started again on the same day is the same clock. */
export async function startDeadline(tx: Tx, deadline: LeadDeadline): Promise<void> {
  await tx.insert(tx.t.leadDeadline).values(deadline).onConflictDoNothing();
}

/** Stops the running clocks of these rules. */
export async function meetDeadlines(
  tx: Tx,
  leadId: string,
  ruleCodes: string[],
  metOn: string,
): Promise<void> {
  if (ruleCodes.length === 0) return;
  const { leadDeadline } = tx.t;
  await tx
    .update(leadDeadline)
    .set({ metOn })
    .where(
      and(
        eq(leadDeadline.leadId, leadId),
        inArray(leadDeadline.ruleCode, ruleCodes),
        isNull(leadDeadline.metOn),
      ),
    );
}
