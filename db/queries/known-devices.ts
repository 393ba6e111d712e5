import { and, asc, eq, ne } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type KnownDevice = Schema['knownDevice']['$inferSelect'];

/** A device of this account; null where it is another's or was forgotten. */
export async function findKnownDevice(
  db: Reader,
  id: string,
  accountId: string,
): Promise<KnownDevice | null> {
  const { knownDevice } = db.t;
  const [found] = await db
    .select()
    .from(knownDevice)
    .where(and(eq(knownDevice.id, id), eq(knownDevice.accountId, accountId)));
  return found ?? null;
}

/** Devices of an account, those not seen for longest first. */
export async function listKnownDevices(db: Reader, accountId: string): Promise<KnownDevice[]> {
  const { knownDevice } = db.t;
  return db
    .select()
    .from(knownDevice)
    .where(eq(knownDevice.accountId, accountId))
    .orderBy(asc(knownDevice.seenOn), asc(knownDevice.id));
}

export async function saveKnownDevice(tx: Tx, device: KnownDevice): Promise<void> {
  const { knownDevice } = tx.t;
  await tx
    .insert(knownDevice)
    .values(device)
    .onConflictDoUpdate({ target: knownDevice.id, set: { seenOn: device.seenOn } });
}

export async function deleteKnownDevice(tx: Tx, id: string): Promise<void> {
  await tx.delete(tx.t.knownDevice).where(eq(tx.t.knownDevice.id, id));
}

/** Forgets the devices of an account but one; all where none is kept. */
export async function deleteKnownDevicesOf(tx: Tx, accountId: string, keep = ''): Promise<void> {
  const { knownDevice } = tx.t;
  await tx
    .delete(knownDevice)
    .where(and(eq(knownDevice.accountId, accountId), ne(knownDevice.id, keep)));
}
