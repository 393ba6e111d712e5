import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type RepeatKey = Schema['repeatKey']['$inferSelect'];

export async function readRepeatKey(db: Reader, bodyCode: string): Promise<RepeatKey | null> {
  const { repeatKey } = db.t;
  const [found] = await db.select().from(repeatKey).where(eq(repeatKey.bodyCode, bodyCode));
  return found ?? null;
}

/** Keeps the first key of a body; another that was made at the same time is lost. */
export async function insertRepeatKey(tx: Tx, key: RepeatKey): Promise<void> {
  await tx.insert(tx.t.repeatKey).values(key).onConflictDoNothing();
}

/** Seals the same key to the body's next one, unless somebody did meanwhile. */
export async function resealRepeatKey(tx: Tx, key: RepeatKey, from: string): Promise<void> {
  const { repeatKey } = tx.t;
  await tx
    .update(repeatKey)
    .set({ keyId: key.keyId, sealed: key.sealed })
    .where(and(eq(repeatKey.bodyCode, key.bodyCode), eq(repeatKey.keyId, from)));
}

export async function listPrints(db: Reader, leadId: string, bodyCode: string): Promise<string[]> {
  const { repeatPrint } = db.t;
  const rows = await db
    .select({ mac: repeatPrint.mac })
    .from(repeatPrint)
    .where(and(eq(repeatPrint.leadId, leadId), eq(repeatPrint.bodyCode, bodyCode)));
  return rows.map((row) => row.mac);
}

export async function replacePrints(
  tx: Tx,
  { leadId, bodyCode, macs }: { leadId: string; bodyCode: string; macs: string[] },
): Promise<void> {
  const { repeatPrint } = tx.t;
  await tx
    .delete(repeatPrint)
    .where(and(eq(repeatPrint.leadId, leadId), eq(repeatPrint.bodyCode, bodyCode)));
  if (macs.length === 0) return;
  await tx.insert(repeatPrint).values(macs.map((mac) => ({ leadId, bodyCode, mac })));
}

/** Other leads with any of these hashes, those received first first. */
export async function listWithPrints(db: Reader, leadId: string, macs: string[], limit: number) {
  if (macs.length === 0) return [];
  const { lead, repeatPrint } = db.t;
  return db
    .selectDistinct({ reference: lead.reference, receivedOn: lead.receivedOn, id: lead.id })
    .from(repeatPrint)
    .innerJoin(lead, eq(lead.id, repeatPrint.leadId))
    .where(and(inArray(repeatPrint.mac, macs), ne(lead.id, leadId)))
    .orderBy(asc(lead.receivedOn), asc(lead.id))
    .limit(limit);
}
