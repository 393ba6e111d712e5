import { and, asc, desc, eq, inArray, isNull, lt } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type LeadEvent = Schema['leadEvent']['$inferSelect'];
export type LeadDeadline = Schema['leadDeadline']['$inferSelect'];

export async function listEvents(db: Reader, leadId: string): Promise<LeadEvent[]> {
  const { leadEvent } = db.t;
  return db
    .select()
    .from(leadEvent)
    .where(eq(leadEvent.leadId, leadId))
    .orderBy(asc(leadEvent.seq));
}

/** The number of a lead's last event; every change of a lead adds one. */
export async function findLastEventSeq(db: Reader, leadId: string): Promise<number> {
  const { leadEvent } = db.t;
  const [last] = await db
    .select({ seq: leadEvent.seq })
    .from(leadEvent)
    .where(eq(leadEvent.leadId, leadId))
    .orderBy(desc(leadEvent.seq))
    .limit(1);
  return last?.seq ?? 0;
}

export async function insertEvent(tx: Tx, event: LeadEvent): Promise<void> {
  await tx.insert(tx.t.leadEvent).values(event);
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

export async function listDeadlines(db: Reader, leadId: string): Promise<LeadDeadline[]> {
  const { leadDeadline } = db.t;
  return db
    .select()
    .from(leadDeadline)
    .where(eq(leadDeadline.leadId, leadId))
    .orderBy(asc(leadDeadline.dueOn), asc(leadDeadline.ruleCode));
}

/** A clock started again on the same day runs anew. */
export async function startDeadline(tx: Tx, deadline: LeadDeadline): Promise<void> {
  const { leadDeadline } = tx.t;
  await tx
    .insert(leadDeadline)
    .values(deadline)
    .onConflictDoUpdate({
      target: [leadDeadline.leadId, leadDeadline.ruleCode, leadDeadline.startOn],
      set: deadline,
    });
}

/** Gives one running clock another date, with the calendars it rests on. */
export async function moveDeadline(
  tx: Tx,
  deadline: Pick<LeadDeadline, 'leadId' | 'ruleCode' | 'startOn'>,
  moved: Pick<LeadDeadline, 'dueOn' | 'calendarVersion' | 'provisional' | 'extraDays'>,
): Promise<void> {
  const { leadDeadline } = tx.t;
  await tx
    .update(leadDeadline)
    .set(moved)
    .where(
      and(
        eq(leadDeadline.leadId, deadline.leadId),
        eq(leadDeadline.ruleCode, deadline.ruleCode),
        eq(leadDeadline.startOn, deadline.startOn),
      ),
    );
}

export async function deleteDeadlines(tx: Tx, leadId: string): Promise<void> {
  const { leadDeadline } = tx.t;
  await tx.delete(leadDeadline).where(eq(leadDeadline.leadId, leadId));
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

/** The calendar versions that running clocks rest on. */
export async function listCalendarVersions(db: Reader): Promise<string[]> {
  const { leadDeadline } = db.t;
  const rows = await db
    .selectDistinct({ version: leadDeadline.calendarVersion })
    .from(leadDeadline)
    .where(isNull(leadDeadline.metOn));
  return rows.map((row) => row.version);
}

/** Running clocks that rest on these calendar versions. */
export async function listDeadlinesOn(db: Reader, versions: string[]): Promise<LeadDeadline[]> {
  if (versions.length === 0) return [];
  const { leadDeadline } = db.t;
  return db
    .select()
    .from(leadDeadline)
    .where(and(isNull(leadDeadline.metOn), inArray(leadDeadline.calendarVersion, versions)))
    .orderBy(asc(leadDeadline.leadId), asc(leadDeadline.ruleCode), asc(leadDeadline.startOn));
}

/** Leads with a running clock of this rule whose last day is past. */
export async function listLapsed(db: Reader, ruleCode: string, day: string) {
  const { lead, leadDeadline } = db.t;
  return db
    .select({
      id: lead.id,
      state: lead.state,
      secrecy: lead.secrecy,
      receivedOn: lead.receivedOn,
    })
    .from(leadDeadline)
    .innerJoin(lead, eq(lead.id, leadDeadline.leadId))
    .where(
      and(
        eq(leadDeadline.ruleCode, ruleCode),
        isNull(leadDeadline.metOn),
        lt(leadDeadline.dueOn, day),
      ),
    )
    .orderBy(asc(lead.id));
}
