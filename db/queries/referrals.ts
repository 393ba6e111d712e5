import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, not, or, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';
import { withinReach } from './lead-queue.ts';
import type { LeadReach } from './lead-queue.ts';

export type Referral = Schema['referral']['$inferSelect'];

/** The next number of a body's letters in a year: `step` further than the last. */
export async function takeLetterNumber(
  tx: Tx,
  bodyCode: string,
  year: number,
  step: number,
): Promise<number> {
  const { letterNumber } = tx.t;
  const [taken] = await tx
    .insert(letterNumber)
    .values({ bodyCode, year, last: step })
    .onConflictDoUpdate({
      target: [letterNumber.bodyCode, letterNumber.year],
      set: { last: sql`${letterNumber.last} + ${step}` },
    })
    .returning({ last: letterNumber.last });
  if (!taken) throw new Error('no letter number was given');
  return taken.last;
}

export async function insertReferral(tx: Tx, referral: Referral): Promise<void> {
  await tx.insert(tx.t.referral).values(referral);
}

/** Changes a referral that has come back neither way; false where somebody was faster. */
export async function updateOpenReferral(
  tx: Tx,
  id: string,
  set: Partial<Omit<Referral, 'id' | 'leadId' | 'number'>>,
): Promise<boolean> {
  const { referral } = tx.t;
  const rows = await tx
    .update(referral)
    .set(set)
    .where(and(eq(referral.id, id), isNull(referral.returnedOn), isNull(referral.feedbackOn)))
    .returning({ id: referral.id });
  return rows.length === 1;
}

/** The day on which to ask about a lead's letter that has come back neither way. */
export async function moveReminder(tx: Tx, leadId: string, remindOn: string): Promise<void> {
  const { referral } = tx.t;
  await tx
    .update(referral)
    .set({ remindOn })
    .where(
      and(eq(referral.leadId, leadId), isNull(referral.returnedOn), isNull(referral.feedbackOn)),
    );
}

/** What was counted of a lead's referrals goes when the lead is sealed. */
export async function clearReferralCounts(tx: Tx, leadId: string): Promise<void> {
  const { referral } = tx.t;
  await tx
    .update(referral)
    .set({ cadres: null, casesFiled: null, heldToAccount: null })
    .where(eq(referral.leadId, leadId));
}

/** The letters of one lead, the last one first. */
export async function listReferralsOf(db: Reader, leadId: string): Promise<Referral[]> {
  const { referral } = db.t;
  return db
    .select()
    .from(referral)
    .where(eq(referral.leadId, leadId))
    .orderBy(desc(referral.seq), asc(referral.id));
}

/** A referral with the reference of its lead. */
export async function findReferral(db: Reader, id: string) {
  const { lead, referral } = db.t;
  const [row] = await db
    .select({ referral, reference: lead.reference })
    .from(referral)
    .innerJoin(lead, eq(lead.id, referral.leadId))
    .where(eq(referral.id, id));
  return row ?? null;
}

/** How far the answer has come; `open` is either waiting. */
export type ReferralFilter = {
  /** `in`: sent to one of `ownBodies`. */
  direction: 'in' | 'out';
  ownBodies: readonly string[];
  state:
    | 'open'
    | 'waiting-receipt'
    | 'waiting-feedback'
    | 'overdue'
    | 'returned'
    | 'answered'
    | 'all';
  today: string;
};

/** Where a page begins: after this row. */
export type ReferralCursor = { remindOn: string; number: string };

/** Rows about leads within reach, those to be asked about first first. Exclusions are looked at later. */
export async function listReferralCandidates(
  db: Reader,
  reach: LeadReach,
  filter: ReferralFilter,
  page: { after: ReferralCursor | null; limit: number },
) {
  const { lead, referral } = db.t;
  const { after, limit } = page;
  return db
    .select({ referral, reference: lead.reference, secrecy: lead.secrecy })
    .from(referral)
    .innerJoin(lead, eq(lead.id, referral.leadId))
    .where(
      and(
        withinReach(db, reach),
        directionOf(db, filter),
        stateOf(db, filter),
        after ? isAfter(db, after) : undefined,
      ),
    )
    .orderBy(asc(referral.remindOn), sql`length(${referral.number})`, asc(referral.number))
    .limit(limit);
}

/** Of one day, 9号 comes before 10号. */
function isAfter(db: Reader, { remindOn, number }: ReferralCursor): SQL | undefined {
  const { referral } = db.t;
  const length = sql`length(${referral.number})`;
  return or(
    gt(referral.remindOn, remindOn),
    and(
      eq(referral.remindOn, remindOn),
      or(
        gt(length, sql`length(${number})`),
        and(eq(length, sql`length(${number})`), gt(referral.number, number)),
      ),
    ),
  );
}

/** Letters that wait for an answer, about leads within reach. */
export async function listOpenReferrals(db: Reader, reach: LeadReach) {
  const { lead, referral } = db.t;
  return db
    .select({
      leadId: referral.leadId,
      toBody: referral.toBody,
      receivedOn: referral.receivedOn,
      returnedOn: referral.returnedOn,
      feedbackOn: referral.feedbackOn,
      remindOn: referral.remindOn,
    })
    .from(referral)
    .innerJoin(lead, eq(lead.id, referral.leadId))
    .where(and(withinReach(db, reach), isNull(referral.returnedOn), isNull(referral.feedbackOn)));
}

function directionOf(db: Reader, { direction, ownBodies }: ReferralFilter): SQL | undefined {
  const { referral } = db.t;
  const toOwn = and(isNotNull(referral.toBody), inArray(referral.toBody, [...ownBodies]));
  if (direction === 'in') return toOwn;
  return or(isNull(referral.toBody), not(inArray(referral.toBody, [...ownBodies])));
}

function stateOf(db: Reader, { state, today }: ReferralFilter): SQL | undefined {
  const { referral } = db.t;
  const open = and(isNull(referral.returnedOn), isNull(referral.feedbackOn));
  const conditions: Record<ReferralFilter['state'], SQL | undefined> = {
    all: undefined,
    open,
    'waiting-receipt': and(open, isNull(referral.receivedOn)),
    'waiting-feedback': and(open, isNotNull(referral.receivedOn)),
    overdue: and(open, lt(referral.remindOn, today)),
    returned: isNotNull(referral.returnedOn),
    answered: isNotNull(referral.feedbackOn),
  };
  return conditions[state];
}
