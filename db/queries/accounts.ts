import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type Account = Schema['account']['$inferSelect'];
export type SignInPace = Schema['signInPace']['$inferSelect'];

export async function findAccountByLogin(db: Reader, login: string): Promise<Account | null> {
  const [found] = await db.select().from(db.t.account).where(eq(db.t.account.login, login));
  return found ?? null;
}

export async function readAccount(db: Reader, id: string): Promise<Account | null> {
  const [found] = await db.select().from(db.t.account).where(eq(db.t.account.id, id));
  return found ?? null;
}

export async function insertAccount(tx: Tx, account: Account): Promise<void> {
  await tx.insert(tx.t.account).values(account);
}

/** Uses up a time step of an account's code; false where it, or a later one, was used. */
export async function advanceTotpStep(tx: Tx, id: string, step: number): Promise<boolean> {
  const { account } = tx.t;
  const advanced = await tx
    .update(account)
    .set({ totpStep: step })
    .where(and(eq(account.id, id), lt(account.totpStep, step), isNull(account.disabledOn)))
    .returning({ id: account.id });
  return advanced.length === 1;
}

export async function readSignInPace(db: Reader, holder: string): Promise<SignInPace | null> {
  const { signInPace } = db.t;
  const [found] = await db.select().from(signInPace).where(eq(signInPace.holder, holder));
  return found ?? null;
}

export async function upsertSignInPace(tx: Tx, pace: SignInPace): Promise<void> {
  const { signInPace } = tx.t;
  const { failures, retryAt } = pace;
  await tx
    .insert(signInPace)
    .values(pace)
    .onConflictDoUpdate({ target: signInPace.holder, set: { failures, retryAt } });
}

export async function deleteSignInPace(tx: Tx, holder: string): Promise<void> {
  await tx.delete(tx.t.signInPace).where(eq(tx.t.signInPace.holder, holder));
}
