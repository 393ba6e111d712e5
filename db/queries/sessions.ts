import { and, desc, eq, isNull, lt, ne, or } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type SessionRow = Schema['session']['$inferSelect'];

export async function insertSession(tx: Tx, session: SessionRow): Promise<void> {
  await tx.insert(tx.t.session).values(session);
}

/** A session with its person; null where it is gone or the account is disabled. */
export async function findSession(db: Reader, id: string) {
  const { account, person, session } = db.t;
  const [found] = await db
    .select({
      accountId: account.id,
      personId: person.id,
      name: person.name,
      createdAt: session.createdAt,
      seenAt: session.seenAt,
      wrappedIdentity: session.wrappedIdentity,
    })
    .from(session)
    .innerJoin(account, eq(account.id, session.accountId))
    .innerJoin(person, eq(person.id, account.personId))
    .where(and(eq(session.id, id), isNull(account.disabledOn)));
  return found ?? null;
}

/** Marks a session as used at an instant (epoch ms). */
export async function touchSession(tx: Tx, id: string, seenAt: number): Promise<void> {
  const { session } = tx.t;
  await tx
    .update(session)
    .set({ seenAt })
    .where(and(eq(session.id, id), lt(session.seenAt, seenAt)));
}

/** Ends a session; null where there was none. */
export async function deleteSession(tx: Tx, id: string): Promise<{ accountId: string } | null> {
  const { session } = tx.t;
  const [gone] = await tx
    .delete(session)
    .where(eq(session.id, id))
    .returning({ accountId: session.accountId });
  return gone ?? null;
}

/** Removes sessions not used since, or begun before, the given instants. */
export async function deleteEndedSessions(tx: Tx, seenBefore: number, createdBefore: number) {
  const { session } = tx.t;
  await tx
    .delete(session)
    .where(or(lt(session.seenAt, seenBefore), lt(session.createdAt, createdBefore)));
}

/** Sessions of an account, the one used last first. */
export async function listSessionsOf(db: Reader, accountId: string) {
  const { session } = db.t;
  const { id, createdAt, seenAt, deviceId } = session;
  return db
    .select({ id, createdAt, seenAt, deviceId })
    .from(session)
    .where(eq(session.accountId, accountId))
    .orderBy(desc(session.seenAt), desc(session.id));
}

/** Ends every session of an account but one; all where none is kept. */
export async function deleteSessionsOf(tx: Tx, accountId: string, keep = ''): Promise<number> {
  const { session } = tx.t;
  const gone = await tx
    .delete(session)
    .where(and(eq(session.accountId, accountId), ne(session.id, keep)))
    .returning({ id: session.id });
  return gone.length;
}
