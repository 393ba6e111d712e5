import { and, asc, desc, eq, inArray, isNotNull, isNull, notExists, sql } from 'drizzle-orm';
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

/** Which of these keyed IDs are in the register or were once: a lifted protection stays on record. */
export async function listRegisteredAmong(db: Reader, idMacs: string[]): Promise<Set<string>> {
  const { idMac } = db.t.protectedHousehold;
  const found = new Set<string>();
  for (const part of chunksOf(idMacs)) {
    const rows = await db
      .select({ idMac })
      .from(db.t.protectedHousehold)
      .where(inArray(idMac, part));
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

/** Takes back the request of the first person; false where it is no longer there. */
export async function cancelLift(tx: Tx, idMac: string, requestedBy: string): Promise<boolean> {
  const { protectedHousehold } = tx.t;
  const cancelled = await tx
    .update(protectedHousehold)
    .set({ liftedBy: null })
    .where(
      and(
        eq(protectedHousehold.idMac, idMac),
        eq(protectedHousehold.liftedBy, requestedBy),
        isNull(protectedHousehold.liftedOn),
      ),
    )
    .returning({ idMac: protectedHousehold.idMac });
  return cancelled.length === 1;
}

/** Protected households with their rows in lists of these bodies, the newest list first. */
export async function listProtectedRows(db: Reader, bodyCodes: string[]) {
  const { batch, listRow, protectedHousehold } = db.t;
  return db
    .select({ entry: protectedHousehold, row: listRow, batch })
    .from(protectedHousehold)
    .innerJoin(listRow, eq(listRow.idMac, protectedHousehold.idMac))
    .innerJoin(batch, eq(batch.id, listRow.batchId))
    .where(and(isNull(protectedHousehold.liftedOn), inArray(batch.bodyCode, bodyCodes)))
    .orderBy(asc(listRow.placeCode), desc(batch.period), asc(listRow.line));
}

/** Protected households that no list has named yet. */
export async function listProtectedWithoutRows(db: Reader): Promise<ProtectedHousehold[]> {
  const { listRow, protectedHousehold } = db.t;
  const rows = db
    .select({ one: sql`1` })
    .from(listRow)
    .where(eq(listRow.idMac, protectedHousehold.idMac));
  return db
    .select()
    .from(protectedHousehold)
    .where(and(isNull(protectedHousehold.liftedOn), notExists(rows)))
    .orderBy(desc(protectedHousehold.since));
}
