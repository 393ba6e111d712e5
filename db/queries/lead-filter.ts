import { and, eq, exists, gt, gte, inArray, lt, lte, not, or, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Reader } from '#db/store.ts';

/** What leads may be narrowed to; each that is given must hold. */
export type LeadFilter = {
  states?: readonly string[];
  placeCodes?: readonly string[];
  /** Due before this date (exclusive). */
  dueBefore?: string;
  dueFrom?: string;
  supervised?: boolean;
  /** Received between these dates, both included. */
  receivedFrom?: string;
  receivedTo?: string;
  class?: string;
  problem?: string;
  /** On whose desk it is now. */
  bodyCode?: string;
  /** Worked on by this person. */
  workerId?: string;
  /** Sealed leads pass the filters of place and class: what these ask stands in their content alone. */
  sealedToo?: boolean;
  /** That others were merged into. */
  repeated?: boolean;
  /** Merged into one of these. */
  mergedInto?: readonly string[];
  /** To which one of these steps was taken. */
  withEvents?: readonly string[];
  /** To which none of these was. */
  withoutEvents?: readonly string[];
  /** Whose id, which is random, is below this: a draw that nobody chooses. */
  idBelow?: string;
  /** Handed over by letter between these dates, both included. */
  referred?: { from: string; to: string };
};

export function filterConditions(db: Reader, filter: LeadFilter): SQL[] {
  const { lead, leadWorker } = db.t;
  const conditions: SQL[] = [];
  // The plus keeps SQLite from sorting a hundred thousand rows instead of reading an index in order.
  if (filter.states) conditions.push(sql`+${lead.state} in ${[...filter.states]}`);
  function orSealed(condition: SQL): SQL {
    return filter.sealedToo ? (or(condition, eq(lead.secrecy, 'sealed')) ?? condition) : condition;
  }
  if (filter.placeCodes) {
    conditions.push(orSealed(sql`+${lead.placeCode} in ${[...filter.placeCodes]}`));
  }
  if (filter.class) conditions.push(orSealed(eq(lead.class, filter.class)));
  if (filter.bodyCode) conditions.push(sql`+${lead.bodyCode} = ${filter.bodyCode}`);
  if (filter.receivedFrom) conditions.push(gte(lead.receivedOn, filter.receivedFrom));
  if (filter.receivedTo) conditions.push(lte(lead.receivedOn, filter.receivedTo));
  if (filter.repeated) conditions.push(gt(lead.repeats, 0));
  if (filter.mergedInto) conditions.push(inArray(lead.parentId, [...filter.mergedInto]));
  if (filter.withEvents) conditions.push(hasEvent(db, filter.withEvents));
  if (filter.withoutEvents) conditions.push(not(hasEvent(db, filter.withoutEvents)));
  if (filter.idBelow) conditions.push(lt(lead.id, filter.idBelow));
  if (filter.referred) conditions.push(wasReferred(db, filter.referred));
  if (filter.dueBefore) conditions.push(lt(lead.dueOn, filter.dueBefore));
  if (filter.dueFrom) conditions.push(gte(lead.dueOn, filter.dueFrom));
  if (filter.supervised) conditions.push(eq(lead.supervised, 1));
  if (filter.problem) {
    conditions.push(hasProblem(db, filter.problem));
  }
  if (filter.workerId) {
    // One person's few leads are found by the person.
    const theirs = db
      .select({ id: leadWorker.leadId })
      .from(leadWorker)
      .where(eq(leadWorker.personId, filter.workerId));
    conditions.push(inArray(lead.id, theirs));
  }
  return conditions;
}

function hasProblem(db: Reader, problem: string): SQL {
  const { lead, leadProblem } = db.t;
  return exists(
    db
      .select({ one: sql`1` })
      .from(leadProblem)
      .where(and(eq(leadProblem.leadId, lead.id), eq(leadProblem.problem, problem))),
  );
}

function hasEvent(db: Reader, events: readonly string[]): SQL {
  const { lead, leadEvent } = db.t;
  return exists(
    db
      .select({ one: sql`1` })
      .from(leadEvent)
      .where(
        and(
          eq(leadEvent.leadId, lead.id),
          inArray(leadEvent.event, [...events]),
          eq(leadEvent.status, 'done'),
        ),
      ),
  );
}

function wasReferred(db: Reader, { from, to }: { from: string; to: string }): SQL {
  const { lead, referral } = db.t;
  return exists(
    db
      .select({ one: sql`1` })
      .from(referral)
      .where(
        and(eq(referral.leadId, lead.id), gte(referral.sentOn, from), lte(referral.sentOn, to)),
      ),
  );
}
