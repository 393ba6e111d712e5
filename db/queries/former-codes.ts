import { and, desc, eq, isNull, lt } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type FormerCode = Schema['formerCode']['$inferSelect'];

export async function findFormerCode(db: Reader, lookup: string): Promise<FormerCode | null> {
  const { formerCode } = db.t;
  const [row] = await db.select().from(formerCode).where(eq(formerCode.lookup, lookup));
  return row ?? null;
}

/** Codes a lead had before, the newest first. */
export async function listFormerCodes(db: Reader, leadId: string): Promise<FormerCode[]> {
  const { formerCode } = db.t;
  return db
    .select()
    .from(formerCode)
    .where(eq(formerCode.leadId, leadId))
    .orderBy(desc(formerCode.replacedOn), desc(formerCode.lookup));
}

/** False where its holder has said so already. */
export async function disputeFormerCode(tx: Tx, lookup: string, day: string): Promise<boolean> {
  const { formerCode } = tx.t;
  const rows = await tx
    .update(formerCode)
    .set({ disputedOn: day })
    .where(and(eq(formerCode.lookup, lookup), isNull(formerCode.disputedOn)))
    .returning({ lookup: formerCode.lookup });
  return rows.length === 1;
}

export async function deleteFormerCodes(tx: Tx, leadId: string): Promise<void> {
  const { formerCode } = tx.t;
  await tx.delete(formerCode).where(eq(formerCode.leadId, leadId));
}

/** Those replaced before a day that nobody spoke up for. */
export async function deleteOldFormerCodes(tx: Tx, before: string): Promise<number> {
  const { formerCode } = tx.t;
  const rows = await tx
    .delete(formerCode)
    .where(and(lt(formerCode.replacedOn, before), isNull(formerCode.disputedOn)))
    .returning({ lookup: formerCode.lookup });
  return rows.length;
}

/**
 * Makes a former code the lead's own again, with its messages as sealed to it, and the present one void. False
 * where the present one is not the lead's any more.
 */
export async function restoreCode(
  tx: Tx,
  former: FormerCode,
  present: { lookup: string; recipient: string },
  messages: { seq: number; sealed: Buffer }[],
): Promise<boolean> {
  const { lead, leadMessage, leadOldCode, voidCode } = tx.t;
  const { leadId, lookup, lookupKeyId, recipient, sealed } = former;
  const found = await tx
    .update(lead)
    .set({ lookup, lookupKeyId })
    .where(and(eq(lead.id, leadId), eq(lead.lookup, present.lookup)))
    .returning({ id: lead.id });
  if (found.length === 0) return false;
  await tx
    .update(lead)
    .set({ codeRecipient: recipient })
    .where(eq(lead.codeRecipient, present.recipient));
  await tx.delete(leadOldCode).where(eq(leadOldCode.leadId, leadId));
  if (sealed) await tx.insert(leadOldCode).values({ leadId, sealed });
  await tx.delete(voidCode).where(eq(voidCode.lookup, lookup));
  await tx.insert(voidCode).values({ lookup: present.lookup }).onConflictDoNothing();
  for (const message of messages) {
    await tx
      .update(leadMessage)
      .set({ sealed: message.sealed })
      .where(and(eq(leadMessage.leadId, leadId), eq(leadMessage.seq, message.seq)));
  }
  return true;
}
