import { and, desc, eq, gte } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type TestCall = Schema['testCall']['$inferSelect'];

/** Calls that count as recorded, the newest first. */
export async function listValidCalls(db: Reader, since = 0): Promise<TestCall[]> {
  const { testCall } = db.t;
  return db
    .select()
    .from(testCall)
    .where(and(eq(testCall.status, 'valid'), gte(testCall.calledAt, since)))
    .orderBy(desc(testCall.calledAt), desc(testCall.recordedAt));
}

/** All calls to a hotline, corrected and cancelled ones too, the newest first. */
export async function listCallsOf(db: Reader, hotlineId: string): Promise<TestCall[]> {
  const { testCall } = db.t;
  return db
    .select()
    .from(testCall)
    .where(eq(testCall.hotlineId, hotlineId))
    .orderBy(desc(testCall.calledAt), desc(testCall.recordedAt));
}

export async function readTestCall(db: Reader, id: string): Promise<TestCall | null> {
  const [found] = await db.select().from(db.t.testCall).where(eq(db.t.testCall.id, id));
  return found ?? null;
}

export async function insertTestCall(tx: Tx, call: TestCall): Promise<void> {
  await tx.insert(tx.t.testCall).values(call);
}

/** Sets a valid call aside; false where it is not valid any more. */
export async function setCallAside(
  tx: Tx,
  id: string,
  change: { status: 'corrected' | 'cancelled'; reason: string },
): Promise<boolean> {
  const { testCall } = tx.t;
  const changed = await tx
    .update(testCall)
    .set(change)
    .where(and(eq(testCall.id, id), eq(testCall.status, 'valid')))
    .returning({ id: testCall.id });
  return changed.length === 1;
}
