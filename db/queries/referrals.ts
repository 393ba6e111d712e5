import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type Referral = Schema['referral']['$inferSelect'];

/** The next number of a body's letters in a year. */
export async function takeLetterNumber(tx: Tx, bodyCode: string, year: number): Promise<number> {
  const { letterNumber } = tx.t;
  const [taken] = await tx
    .insert(letterNumber)
    .values({ bodyCode, year, last: 1 })
    .onConflictDoUpdate({
      target: [letterNumber.bodyCode, letterNumber.year],
      set: { last: sql`${letterNumber.last} + 1` },
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
