import { and, asc, eq, max } from 'drizzle-orm';
import type { Schema } from '../schema.ts';
import type { Reader, Tx } from '../store.ts';

export type LeadRow = Schema['lead']['$inferSelect'];

/** The lead a query code leads to, by the look-up key derived from the code. */
export async function findLeadByLookup(db: Reader, lookup: string): Promise<LeadRow | null> {
  const { lead } = db.t;
  const [row] = await db.select().from(lead).where(eq(lead.lookup, lookup)).limit(1);
  return row ?? null;
}

export async function isReferenceTaken(db: Reader, reference: string): Promise<boolean> {
  const { lead } = db.t;
  const found = await db.select({ id: lead.id }).from(lead).where(eq(lead.reference, reference));
  return found.length > 0;
}

/** False where the nonce was used before. `expiresAt` is epoch milliseconds. */
export async function insertUsedProof(
  tx: Tx,
  proof: { nonce: string; expiresAt: number },
): Promise<boolean> {
  const { usedProof } = tx.t;
  const inserted = await tx.insert(usedProof).values(proof).onConflictDoNothing().returning();
  return inserted.length > 0;
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

/** People whom an accused name may mean; those whose posts ended count too. */
export async function listStaffNames(db: Reader): Promise<{ id: string; name: string }[]> {
  const { person } = db.t;
  return db.select({ id: person.id, name: person.name }).from(person);
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
