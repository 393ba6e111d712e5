import { and, asc, eq, exists, inArray, isNotNull, ne, notExists, or, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';
import { filterConditions } from './lead-filter.ts';
import type { LeadFilter } from './lead-filter.ts';

export type Lead = Schema['lead']['$inferSelect'];

/**
 * What a person may see of the leads, before exclusions: bodies whose desk leads are theirs to read,
 * those of which they read only what they work on, only what is about telephones, and the bodies at
 * which they may know of sealed leads.
 */
export type LeadReach = {
  personId: string;
  /** Macs of exclusions cannot be compared in SQL: they are keyed by lead. */
  desks: string[];
  assigned: string[];
  phones: string[];
  sealedDesks: string[];
};

/** A lead of the queue before its exclusions were looked at. */
export type LeadCandidate = {
  id: string;
  dueOn: string | null;
  receivedOn: string;
  secrecy: string;
};

/** Leads within reach that match the filter, those due first first, without a date last. */
export async function listLeadCandidates(
  db: Reader,
  reach: LeadReach,
  filter: LeadFilter,
): Promise<LeadCandidate[]> {
  const { lead } = db.t;
  return db
    .select({ id: lead.id, dueOn: lead.dueOn, receivedOn: lead.receivedOn, secrecy: lead.secrecy })
    .from(lead)
    .where(and(withinReach(db, reach), ...filterConditions(db, filter)))
    .orderBy(sql`${lead.dueOn} is null`, asc(lead.dueOn), asc(lead.id));
}

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

/**
 * The SQL half of `visibleTo`; `isVisible` of rules/recusal is the same in words. The other half is
 * `lead_exclusion`.
 */
export function withinReach(db: Reader, reach: LeadReach): SQL {
  const { lead, leadProblem, leadWorker } = db.t;
  const open = ne(lead.secrecy, 'sealed');
  const worksOnIt = db
    .select({ one: sql`1` })
    .from(leadWorker)
    .where(and(eq(leadWorker.leadId, lead.id), eq(leadWorker.personId, reach.personId)));
  const problemThat = (matches: SQL) =>
    db
      .select({ one: sql`1` })
      .from(leadProblem)
      .where(and(eq(leadProblem.leadId, lead.id), matches));
  const onlyPhones = and(
    exists(problemThat(eq(leadProblem.problem, 'PHONE'))),
    notExists(problemThat(ne(leadProblem.problem, 'PHONE'))),
  );
  const ways = [
    and(onDeskOf(db, reach.sealedDesks)),
    and(open, onDeskOf(db, reach.desks)),
    and(open, exists(worksOnIt), onDeskOf(db, reach.assigned)),
    and(open, onlyPhones, onDeskOf(db, reach.phones)),
  ];
  return or(...ways) ?? sql`1 = 0`;
}

function onDeskOf(db: Reader, bodyCodes: string[]): SQL {
  if (bodyCodes.length === 0) return sql`1 = 0`;
  const { lead, leadGrant } = db.t;
  return exists(
    db
      .select({ one: sql`1` })
      .from(leadGrant)
      .where(
        and(
          eq(leadGrant.leadId, lead.id),
          inArray(leadGrant.bodyCode, bodyCodes),
          eq(leadGrant.part, 'content'),
          eq(leadGrant.standing, 'desk'),
        ),
      ),
  );
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

export async function findLeadById(db: Reader, id: string): Promise<Lead | null> {
  const { lead } = db.t;
  const [row] = await db.select().from(lead).where(eq(lead.id, id)).limit(1);
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
