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

/** The two devices a person may have for the second factor. */
export type TotpSlot = 'first' | 'second';

/** Uses up a time step of a device's code; false where it, or a later one, was used. */
export async function advanceTotpStep(
  tx: Tx,
  id: string,
  slot: TotpSlot,
  step: number,
): Promise<boolean> {
  const { account } = tx.t;
  const column = slot === 'first' ? account.totpStep : account.secondTotpStep;
  const advanced = await tx
    .update(account)
    .set(slot === 'first' ? { totpStep: step } : { secondTotpStep: step })
    .where(and(eq(account.id, id), lt(column, step), isNull(account.disabledOn)))
    .returning({ id: account.id });
  return advanced.length === 1;
}

/** Changes an account whose passphrase is still the one it was read with; false where it is not. */
export async function updateAccount(
  tx: Tx,
  read: Pick<Account, 'id' | 'kdf'>,
  change: Partial<Omit<Account, 'id' | 'personId'>>,
): Promise<boolean> {
  const { account } = tx.t;
  const changed = await tx
    .update(account)
    .set(change)
    .where(and(eq(account.id, read.id), eq(account.kdf, read.kdf)))
    .returning({ id: account.id });
  return changed.length === 1;
}

export async function findAccountOf(db: Reader, personId: string): Promise<Account | null> {
  const [found] = await db.select().from(db.t.account).where(eq(db.t.account.personId, personId));
  return found ?? null;
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
