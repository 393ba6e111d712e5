import { and, asc, eq, max, sql } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import { insertRows, prepareOnce } from '#db/prepared.ts';
import { recall } from '#db/store.ts';
import type { Reader, Tx } from '#db/store.ts';
import { insertEvidence } from './evidence.ts';
import type { NewEvidence } from './evidence.ts';

export type LeadRow = Schema['lead']['$inferSelect'];
export type MessageRow = Schema['leadMessage']['$inferSelect'];

/** A lead with all its parts, ready to be stored. */
export type NewLead = {
  lead: Schema['lead']['$inferInsert'];
  problems: string[];
  subjects: { role: string; bodyCode: string | null }[];
  exclusionMacs: string[];
  grants: Omit<Schema['leadGrant']['$inferInsert'], 'leadId'>[];
  deadlines: Omit<Schema['leadDeadline']['$inferInsert'], 'leadId'>[];
  /** Files that come with it. */
  evidence?: NewEvidence[];
  /** The event that brings it into being. */
  event: string;
  /** Whoever of the staff entered it, when, and what they typed. */
  entered?: { personId: string; bodyCode: string; onDate: string; sealed: Buffer };
};

/** The lead a query code leads to, by the look-up key derived from the code. */
export async function findLeadByLookup(db: Reader, lookup: string): Promise<LeadRow | null> {
  const { lead } = db.t;
  const statement = prepareOnce(db, 'lead by lookup', () =>
    db
      .select()
      .from(lead)
      .where(eq(lead.lookup, sql.placeholder('lookup')))
      .limit(1)
      .prepare(),
  );
  const [row] = await statement.all({ lookup });
  return row ?? null;
}

export async function findLeadById(db: Reader, id: string): Promise<LeadRow | null> {
  const { lead } = db.t;
  const [row] = await db.select().from(lead).where(eq(lead.id, id));
  return row ?? null;
}

export async function isReferenceTaken(db: Reader, reference: string): Promise<boolean> {
  const { lead } = db.t;
  const statement = prepareOnce(db, 'lead by reference', () =>
    db
      .select({ id: lead.id })
      .from(lead)
      .where(eq(lead.reference, sql.placeholder('reference')))
      .prepare(),
  );
  return (await statement.all({ reference })).length > 0;
}

/** Stores a lead with its parts and the event of its arrival. */
export async function insertLead(tx: Tx, arrival: NewLead): Promise<void> {
  const { lead, leadProblem, leadSubject, leadExclusion, leadGrant, leadDeadline } = tx.t;
  const leadId = arrival.lead.id;
  await insertRows(tx, lead, [arrival.lead]);
  const problems = arrival.problems.map((problem) => ({ leadId, problem }));
  await insertRows(tx, leadProblem, problems);
  const subjects = arrival.subjects.map((subject, at) => ({ leadId, seq: at + 1, ...subject }));
  await insertRows(tx, leadSubject, subjects);
  const exclusions = arrival.exclusionMacs.map((mac) => ({ leadId, mac }));
  await insertRows(tx, leadExclusion, exclusions);
  const grants = arrival.grants.map((grant) => ({ ...grant, leadId }));
  await insertRows(tx, leadGrant, grants);
  const deadlines = arrival.deadlines.map((deadline) => ({ ...deadline, leadId }));
  await insertRows(tx, leadDeadline, deadlines);
  await insertEvidence(tx, leadId, arrival.evidence ?? []);
  const event = {
    leadId,
    seq: 1,
    event: arrival.event,
    fromState: null,
    toState: arrival.lead.state,
    onDate: arrival.lead.receivedOn,
    personId: null,
    bodyCode: null,
    status: 'done' as const,
    epoch: 1,
    sealed: null,
    ...arrival.entered,
  };
  await insertRows(tx, tx.t.leadEvent, [event]);
}

export async function listMessages(db: Reader, leadId: string): Promise<MessageRow[]> {
  const { leadMessage } = db.t;
  return db
    .select()
    .from(leadMessage)
    .where(eq(leadMessage.leadId, leadId))
    .orderBy(asc(leadMessage.seq));
}

/** The number of a lead's last message; 0 where there is none. */
export async function findLastMessage(db: Reader, leadId: string): Promise<number> {
  const { leadMessage } = db.t;
  const [last] = await db
    .select({ seq: max(leadMessage.seq) })
    .from(leadMessage)
    .where(eq(leadMessage.leadId, leadId));
  return last?.seq ?? 0;
}

/** Adds a message as the lead's next one and returns its number. */
export async function insertMessage(tx: Tx, message: Omit<MessageRow, 'seq'>): Promise<number> {
  const seq = (await findLastMessage(tx, message.leadId)) + 1;
  await tx.insert(tx.t.leadMessage).values({ ...message, seq });
  return seq;
}

/** False where the nonce was used before. `expiresAt` is epoch milliseconds. */
export async function insertUsedProof(
  tx: Tx,
  proof: { nonce: string; expiresAt: number },
): Promise<boolean> {
  const { usedProof } = tx.t;
  // Asked for each time: the transaction notes what it writes to.
  const insert = tx.insert(usedProof);
  const statement = prepareOnce(tx, 'spend proof', () =>
    insert
      .values({ nonce: sql.placeholder('nonce'), expiresAt: sql.placeholder('expiresAt') })
      .onConflictDoNothing()
      .returning()
      .prepare(),
  );
  return (await statement.all(proof)).length > 0;
}

/** The audit entry of a lead's arrival: the head its receipt names. */
export async function findArrivalEntry(db: Reader, leadId: string) {
  const { auditEntry } = db.t;
  const [entry] = await db
    .select({ seq: auditEntry.seq, hash: auditEntry.hash })
    .from(auditEntry)
    .where(and(eq(auditEntry.subjectKind, 'lead'), eq(auditEntry.subjectId, leadId)))
    .orderBy(asc(auditEntry.seq))
    .limit(1);
  return entry ?? null;
}

/** People whom an accused name may mean, with every body they ever served; ended posts count too. */
export async function listStaff(db: Reader) {
  const { person, post } = db.t;
  return recall(db, 'staff', [person, post], () => readStaff(db));
}

async function readStaff(db: Reader) {
  const { person, post } = db.t;
  const rows = await db
    .select({ personId: person.id, name: person.name, bodyCode: post.bodyCode })
    .from(person)
    .leftJoin(post, eq(post.personId, person.id));
  const staff = new Map<string, { personId: string; name: string; bodyCodes: string[] }>();
  for (const { personId, name, bodyCode } of rows) {
    const known = staff.get(personId) ?? { personId, name, bodyCodes: [] };
    if (bodyCode) known.bodyCodes.push(bodyCode);
    staff.set(personId, known);
  }
  return [...staff.values()];
}

/** The epoch of the content identity that new parts of a lead are sealed to. */
export async function findCurrentEpoch(db: Reader, leadId: string): Promise<number> {
  const { leadGrant } = db.t;
  const [last] = await db
    .select({ epoch: max(leadGrant.epoch) })
    .from(leadGrant)
    .where(and(eq(leadGrant.leadId, leadId), eq(leadGrant.part, 'content')));
  return last?.epoch ?? 1;
}
