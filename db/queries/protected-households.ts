import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';
import { chunksOf } from './batches.ts';

export type ProtectedHousehold = Schema['protectedHousehold']['$inferSelect'];

/** Which of these keyed IDs may never be named. */
export async function listProtectedAmong(db: Reader, idMacs: string[]): Promise<Set<string>> {
  const { protectedHousehold } = db.t;
  const found = new Set<string>();
  for (const part of chunksOf(idMacs)) {
    const rows = await db
      .select({ idMac: protectedHousehold.idMac })
      .from(protectedHousehold)
      .where(and(inArray(protectedHousehold.idMac, part), isNull(protectedHousehold.liftedOn)));
    for (const row of rows) found.add(row.idMac);
  }
  return found;
}

export async function readProtectedHousehold(
  db: Reader,
  idMac: string,
): Promise<ProtectedHousehold | null> {
  const { protectedHousehold } = db.t;
  const [found] = await db
    .select()
    .from(protectedHousehold)
    .where(eq(protectedHousehold.idMac, idMac));
  return found ?? null;
}

/** Enters a household; one that is there stays as it is, one that was lifted is protected again. */
export async function protectHousehold(
  tx: Tx,
  entry: Pick<ProtectedHousehold, 'idMac' | 'idKeyId' | 'since' | 'byPersonId'>,
): Promise<boolean> {
  const { protectedHousehold } = tx.t;
  const again = { ...entry, liftedOn: null, liftedBy: null, liftConfirmedBy: null };
  const written = await tx
    .insert(protectedHousehold)
    .values(again)
    .onConflictDoUpdate({
      target: protectedHousehold.idMac,
      set: again,
      setWhere: isNotNull(protectedHousehold.liftedOn),
    })
    .returning({ idMac: protectedHousehold.idMac });
  return written.length === 1;
}

/** The first of two persons; false where somebody has asked already or nothing is protected. */
export async function requestLift(tx: Tx, idMac: string, personId: string): Promise<boolean> {
  const { protectedHousehold } = tx.t;
  const asked = await tx
    .update(protectedHousehold)
    .set({ liftedBy: personId })
    .where(
      and(
        eq(protectedHousehold.idMac, idMac),
        isNull(protectedHousehold.liftedBy),
        isNull(protectedHousehold.liftedOn),
      ),
    )
    .returning({ idMac: protectedHousehold.idMac });
  return asked.length === 1;
}

/** The second person; false where the request is no longer that of `requestedBy`. */
export async function confirmLift(
  tx: Tx,
  idMac: string,
  requestedBy: string,
  personId: string,
  onDate: string,
): Promise<boolean> {
  const { protectedHousehold } = tx.t;
  const lifted = await tx
    .update(protectedHousehold)
    .set({ liftConfirmedBy: personId, liftedOn: onDate })
    .where(
      and(
        eq(protectedHousehold.idMac, idMac),
        eq(protectedHousehold.liftedBy, requestedBy),
        isNull(protectedHousehold.liftedOn),
      ),
    )
    .returning({ idMac: protectedHousehold.idMac });
  return lifted.length === 1;
}
