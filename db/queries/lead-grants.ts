import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type LeadGrant = Schema['leadGrant']['$inferSelect'];

export async function listGrants(db: Reader, leadId: string): Promise<LeadGrant[]> {
  const { leadGrant } = db.t;
  return db
    .select()
    .from(leadGrant)
    .where(eq(leadGrant.leadId, leadId))
    .orderBy(asc(leadGrant.epoch), asc(leadGrant.bodyCode));
}

/** A body that held the lead in reserve and now gets it on its desk keeps its grant. */
export async function saveGrants(tx: Tx, grants: LeadGrant[]): Promise<void> {
  if (grants.length === 0) return;
  const { leadGrant } = tx.t;
  for (const grant of grants) {
    await tx
      .insert(leadGrant)
      .values(grant)
      .onConflictDoUpdate({
        target: [leadGrant.leadId, leadGrant.bodyCode, leadGrant.part, leadGrant.epoch],
        set: { standing: grant.standing, keyId: grant.keyId, sealed: grant.sealed },
      });
  }
}

export async function deleteGrantsOf(tx: Tx, leadId: string, bodyCodes: string[]): Promise<void> {
  if (bodyCodes.length === 0) return;
  const { leadGrant } = tx.t;
  await tx
    .delete(leadGrant)
    .where(and(eq(leadGrant.leadId, leadId), inArray(leadGrant.bodyCode, bodyCodes)));
}
