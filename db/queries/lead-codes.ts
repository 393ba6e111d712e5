import { eq, sql } from 'drizzle-orm';
import { prepareOnce } from '#db/prepared.ts';
import type { Reader, Tx } from '#db/store.ts';

/** The identities of a lead's earlier query codes, sealed to its present one; null where it has no other. */
export async function readOldCodes(db: Reader, leadId: string): Promise<Buffer | null> {
  const { leadOldCode } = db.t;
  const [row] = await db.select().from(leadOldCode).where(eq(leadOldCode.leadId, leadId));
  return row?.sealed ?? null;
}

/**
 * Puts a new code in the place of another, on the lead and on its parts, which are answered by the same code.
 * False where the other one is not its code any more.
 */
export async function replaceCode(
  tx: Tx,
  leadId: string,
  from: { lookup: string; recipient: string },
  to: { lookup: string; lookupKeyId: string; recipient: string; sealed: Buffer },
  former: { lookupKeyId: string; sealed: Buffer | null; replacedOn: string },
): Promise<boolean> {
  const { formerCode, lead, leadOldCode, voidCode } = tx.t;
  const { lookup, lookupKeyId, recipient, sealed } = to;
  const found = await tx
    .update(lead)
    .set({ lookup, lookupKeyId })
    .where(eq(lead.lookup, from.lookup))
    .returning({ id: lead.id });
  if (found.length === 0) return false;
  await tx.insert(voidCode).values({ lookup: from.lookup }).onConflictDoNothing();
  await tx.insert(formerCode).values({ leadId, ...from, ...former });
  const old = eq(lead.codeRecipient, from.recipient);
  await tx.update(lead).set({ codeRecipient: recipient }).where(old);
  await tx
    .insert(leadOldCode)
    .values({ leadId, sealed })
    .onConflictDoUpdate({ target: leadOldCode.leadId, set: { sealed } });
  return true;
}

/** Whether a query code was the one of a lead once and was replaced. */
export async function isVoidCode(db: Reader, lookup: string): Promise<boolean> {
  const { voidCode } = db.t;
  const statement = prepareOnce(db, 'void code', () =>
    db
      .select()
      .from(voidCode)
      .where(eq(voidCode.lookup, sql.placeholder('lookup')))
      .prepare(),
  );
  return (await statement.all({ lookup })).length > 0;
}
