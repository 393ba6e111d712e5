import { and, asc, count, eq, inArray, ne } from 'drizzle-orm';
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

/** A body's grants that another key than this one opens: a page of them, in order. */
export async function listGrantsBeside(
  db: Reader,
  bodyCode: string,
  keyId: string,
  page: { limit: number; offset: number },
): Promise<LeadGrant[]> {
  const { leadGrant } = db.t;
  return db
    .select()
    .from(leadGrant)
    .where(and(eq(leadGrant.bodyCode, bodyCode), ne(leadGrant.keyId, keyId)))
    .orderBy(asc(leadGrant.leadId), asc(leadGrant.part), asc(leadGrant.epoch))
    .limit(page.limit)
    .offset(page.offset);
}

export async function countGrantsBeside(
  db: Reader,
  bodyCode: string,
  keyId: string,
): Promise<number> {
  const { leadGrant } = db.t;
  const [found] = await db
    .select({ grants: count() })
    .from(leadGrant)
    .where(and(eq(leadGrant.bodyCode, bodyCode), ne(leadGrant.keyId, keyId)));
  return found?.grants ?? 0;
}

export async function countGrantsOf(db: Reader, bodyCode: string): Promise<number> {
  const { leadGrant } = db.t;
  const [found] = await db
    .select({ grants: count() })
    .from(leadGrant)
    .where(eq(leadGrant.bodyCode, bodyCode));
  return found?.grants ?? 0;
}

/** Seals a grant to another key, where it is still the one that was read. */
export async function resealGrant(
  tx: Tx,
  read: LeadGrant,
  { keyId, sealed }: Pick<LeadGrant, 'keyId' | 'sealed'>,
): Promise<void> {
  const { leadGrant } = tx.t;
  await tx
    .update(leadGrant)
    .set({ keyId, sealed })
    .where(
      and(
        eq(leadGrant.leadId, read.leadId),
        eq(leadGrant.bodyCode, read.bodyCode),
        eq(leadGrant.part, read.part),
        eq(leadGrant.epoch, read.epoch),
        eq(leadGrant.keyId, read.keyId),
      ),
    );
}
