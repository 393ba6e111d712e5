import { and, desc, eq, gt, inArray, isNull, lt, ne } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type Invitation = Schema['invitation']['$inferSelect'];

export async function readInvitation(db: Reader, id: string): Promise<Invitation | null> {
  const [found] = await db.select().from(db.t.invitation).where(eq(db.t.invitation.id, id));
  return found ?? null;
}

/** Links that were not used or replaced and end after an instant, the newest first. */
export async function listOpenInvitations(
  db: Reader,
  personIds: string[],
  now: number,
): Promise<Invitation[]> {
  const { invitation } = db.t;
  return db
    .select()
    .from(invitation)
    .where(
      and(
        inArray(invitation.personId, personIds),
        isNull(invitation.usedOn),
        gt(invitation.expiresAt, now),
      ),
    )
    .orderBy(desc(invitation.expiresAt), desc(invitation.id));
}

export async function findInvitedLogin(db: Reader, login: string, now: number) {
  const { invitation } = db.t;
  const [found] = await db
    .select({ personId: invitation.personId })
    .from(invitation)
    .where(
      and(eq(invitation.login, login), isNull(invitation.usedOn), gt(invitation.expiresAt, now)),
    );
  return found ?? null;
}

export async function insertInvitation(tx: Tx, invitation: Invitation): Promise<void> {
  await tx.insert(tx.t.invitation).values(invitation);
}

/** A person has one link at a time. */
export async function deleteInvitationsOf(tx: Tx, personId: string): Promise<void> {
  await tx.delete(tx.t.invitation).where(eq(tx.t.invitation.personId, personId));
}

/** Takes back a link that somebody else made. */
export async function deleteInvitationsNotBy(
  tx: Tx,
  personId: string,
  createdBy: string,
): Promise<void> {
  const { invitation } = tx.t;
  await tx
    .delete(invitation)
    .where(and(eq(invitation.personId, personId), ne(invitation.createdBy, createdBy)));
}

/** Counts a wrong code; false where somebody else counted at the same time. */
export async function countWrongCode(tx: Tx, id: string, failures: number): Promise<boolean> {
  const { invitation } = tx.t;
  const counted = await tx
    .update(invitation)
    .set({ failures: failures + 1 })
    .where(and(eq(invitation.id, id), eq(invitation.failures, failures)))
    .returning({ id: invitation.id });
  return counted.length === 1;
}

/** Uses a link up; false where it was used or has too many failures. */
export async function useInvitation(
  tx: Tx,
  id: string,
  usedOn: string,
  mostFailures: number,
): Promise<boolean> {
  const { invitation } = tx.t;
  const used = await tx
    .update(invitation)
    .set({ usedOn })
    .where(
      and(eq(invitation.id, id), isNull(invitation.usedOn), lt(invitation.failures, mostFailures)),
    )
    .returning({ id: invitation.id });
  return used.length === 1;
}
