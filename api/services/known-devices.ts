import { createHash, randomBytes } from 'node:crypto';
import type { Context } from '#api/context.ts';
import {
  deleteKnownDevice,
  findKnownDevice,
  listKnownDevices,
  saveKnownDevice,
} from '#db/queries/known-devices.ts';
import type { Tx } from '#db/store.ts';
import { readCookie } from './staff-cookies.ts';

/**
 * A browser that signed in to an account before. The token is in its cookie only; the database has a hash of
 * it and the account, so that several people may share a desk.
 */
export type Device = { id: string; token: string; known: boolean };

/** A person's desks; the one not seen for longest gives way. */
const MOST_DEVICES = 10;

/** The device a request comes from, as this account knows it or does not. */
export async function findDevice(
  context: Context,
  cookieHeader: string | undefined,
  accountId: string,
): Promise<Device> {
  const sent = readCookie(context, 'device', cookieHeader) ?? '';
  const token = /^[\w-]{43}$/.test(sent) ? sent : randomBytes(32).toString('base64url');
  const id = createHash('sha256').update(`${token}.${accountId}`).digest('hex');
  return { id, token, known: (await findKnownDevice(context.db, id, accountId)) !== null };
}

/** Marks a device as seen on a civil date, inside the transaction of the sign-in. */
export async function rememberDevice(
  tx: Tx,
  accountId: string,
  id: string,
  seenOn: string,
): Promise<void> {
  await saveKnownDevice(tx, { id, accountId, seenOn });
  const devices = (await listKnownDevices(tx, accountId)).filter((device) => device.id !== id);
  for (const { id: oldest } of devices.slice(0, Math.max(0, devices.length - MOST_DEVICES + 1))) {
    await deleteKnownDevice(tx, oldest);
  }
}
