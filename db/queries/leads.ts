import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';
import { withinReach } from './lead-queue.ts';
import type { LeadReach } from './lead-queue.ts';

export type Lead = Schema['lead']['$inferSelect'];

/** A lead by its reference, where it is within reach. */
export async function findReachableLead(
  db: Reader,
  reach: LeadReach,
  reference: string,
): Promise<Lead | null> {
  const { lead } = db.t;
  const [row] = await db
    .select()
    .from(lead)
    .where(and(eq(lead.reference, reference), withinReach(db, reach)))
    .limit(1);
  return row ?? null;
}

/** Clear columns of one page of the queue, in no order. */
export async function listLeadsById(db: Reader, ids: string[]) {
  if (ids.length === 0) return [];
  const { lead } = db.t;
  return db
    .select({
      id: lead.id,
      reference: lead.reference,
      state: lead.state,
      bodyCode: lead.bodyCode,
      secrecy: lead.secrecy,
      receivedOn: lead.receivedOn,
      dueOn: lead.dueOn,
      class: lead.class,
      mode: lead.mode,
      placeCode: lead.placeCode,
      supervised: lead.supervised,
      major: lead.major,
      repeats: lead.repeats,
    })
    .from(lead)
    .where(inArray(lead.id, ids));
}

/** Whoever may know of it: for looking at what a body holds in reserve. */
export async function findLeadByReference(db: Reader, reference: string): Promise<Lead | null> {
  const { lead } = db.t;
  const [row] = await db.select().from(lead).where(eq(lead.reference, reference)).limit(1);
  return row ?? null;
}

/** Some lead, whichever; null where there is none yet. */
export async function findAnyLead(db: Reader): Promise<Lead | null> {
  const [row] = await db.select().from(db.t.lead).limit(1);
  return row ?? null;
}

export async function listChildren(db: Reader, parentId: string) {
  const { lead } = db.t;
  return db
    .select({ id: lead.id, reference: lead.reference, state: lead.state })
    .from(lead)
    .where(eq(lead.parentId, parentId));
}

/** Changes a lead that is still in the state it was read in; false where somebody was faster. */
export async function updateLeadInState(
  tx: Tx,
  id: string,
  state: string,
  change: Partial<Schema['lead']['$inferInsert']>,
): Promise<boolean> {
  const { lead } = tx.t;
  const rows = await tx
    .update(lead)
    .set({ ...change, state: change.state ?? state })
    .where(and(eq(lead.id, id), eq(lead.state, state)))
    .returning({ id: lead.id });
  return rows.length === 1;
}

/** One more complaint about the same matter. */
export async function addRepeat(tx: Tx, id: string): Promise<void> {
  const { lead } = tx.t;
  await tx
    .update(lead)
    .set({ repeats: sql`${lead.repeats} + 1` })
    .where(eq(lead.id, id));
}

const MOST_AT_ONCE = 500;

export async function listLeadStates(db: Reader, ids: string[]) {
  const { lead } = db.t;
  const states: { id: string; state: string }[] = [];
  for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
    const some = ids.slice(at, at + MOST_AT_ONCE);
    const { id, state } = lead;
    states.push(...(await db.select({ id, state }).from(lead).where(inArray(id, some))));
  }
  return states;
}

/** Another due day for a lead that has one. */
export async function moveDueOn(tx: Tx, id: string, dueOn: string | null): Promise<void> {
  const { lead } = tx.t;
  await tx
    .update(lead)
    .set({ dueOn })
    .where(and(eq(lead.id, id), isNotNull(lead.dueOn)));
}

export async function setDueOn(tx: Tx, id: string, dueOn: string | null): Promise<void> {
  const { lead } = tx.t;
  await tx.update(lead).set({ dueOn }).where(eq(lead.id, id));
}
