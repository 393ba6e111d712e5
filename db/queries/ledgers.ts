import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Reader } from '#db/store.ts';

/** Everything the ledgers ask about a few hundred leads at once, each in order within its lead. */

export async function listWholeLeads(db: Reader, ids: string[]) {
  const { lead } = db.t;
  return db.select().from(lead).where(inArray(lead.id, ids));
}

export async function listGrantsOfLeads(db: Reader, ids: string[]) {
  const { leadGrant } = db.t;
  return db
    .select()
    .from(leadGrant)
    .where(and(inArray(leadGrant.leadId, ids), eq(leadGrant.part, 'content')))
    .orderBy(asc(leadGrant.epoch), asc(leadGrant.bodyCode));
}

export async function listSubjectsOfLeads(db: Reader, ids: string[]) {
  const { leadSubject } = db.t;
  return db
    .select()
    .from(leadSubject)
    .where(inArray(leadSubject.leadId, ids))
    .orderBy(asc(leadSubject.seq));
}

export async function listWorkersOfLeads(db: Reader, ids: string[]) {
  const { leadWorker, person } = db.t;
  return db
    .select({ leadId: leadWorker.leadId, name: person.name })
    .from(leadWorker)
    .innerJoin(person, eq(person.id, leadWorker.personId))
    .where(inArray(leadWorker.leadId, ids))
    .orderBy(asc(person.name));
}

/** Events that took effect. */
export async function listEventsOfLeads(db: Reader, ids: string[]) {
  const { leadEvent } = db.t;
  return db
    .select()
    .from(leadEvent)
    .where(and(inArray(leadEvent.leadId, ids), eq(leadEvent.status, 'done')))
    .orderBy(asc(leadEvent.seq));
}

/** The same without what was typed, for counting. */
export async function listEventNames(db: Reader, ids: string[]) {
  const { leadEvent } = db.t;
  return db
    .select({ leadId: leadEvent.leadId, event: leadEvent.event })
    .from(leadEvent)
    .where(and(inArray(leadEvent.leadId, ids), eq(leadEvent.status, 'done')));
}

export async function listDeadlinesOfLeads(db: Reader, ids: string[]) {
  const { leadDeadline } = db.t;
  return db
    .select()
    .from(leadDeadline)
    .where(inArray(leadDeadline.leadId, ids))
    .orderBy(asc(leadDeadline.startOn), asc(leadDeadline.ruleCode));
}

export async function listReferralsOfLeads(db: Reader, ids: string[]) {
  const { referral } = db.t;
  return db
    .select()
    .from(referral)
    .where(inArray(referral.leadId, ids))
    .orderBy(asc(referral.sentOn), asc(referral.number));
}

export async function listSupervisionsOfLeads(db: Reader, ids: string[]) {
  const { supervision } = db.t;
  return db
    .select({ leadId: supervision.leadId, kind: supervision.kind })
    .from(supervision)
    .where(inArray(supervision.leadId, ids))
    .orderBy(asc(supervision.seq));
}

/** Leads that were merged into others, with what they were merged into. */
export async function listMergedLeads(db: Reader, ids: string[]) {
  const { lead } = db.t;
  return db
    .select({ id: lead.id, parentId: lead.parentId, receivedOn: lead.receivedOn })
    .from(lead)
    .where(and(inArray(lead.parentId, ids), eq(lead.state, 'MERGED')));
}
