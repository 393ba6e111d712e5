import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';

const PATH = '/api/staff/session';

async function send(portal: FreshPortal, login: string, cookie = '', password?: string) {
  const json = {
    login,
    password: password ?? portal.accountOf(login).password,
    totp: portal.nextTotp(login),
  };
  return portal.call(PATH, { cookie, json });
}

function deviceOf(answer: Response): string {
  const cookie = answer.headers.getSetCookie().find((each) => each.includes('device='));
  return cookie?.split(';')[0] ?? '';
}

/** A stranger's wrong passphrases, every one at the first moment it is let through. */
async function fail(portal: FreshPortal, login: string, times: number) {
  const json = { login, password: 'not-the-passphrase', totp: '000000' };
  const statuses = new Set<number>();
  for (let each = 0; each < times; each += 1) {
    statuses.add((await portal.call(PATH, { json })).status);
  }
  return statuses;
}

test('a thousand failures of a stranger keep nobody out who signed in on this device before', async () => {
  await using portal = await createPortal();
  const device = deviceOf(await send(portal, 'triage'));
  expect(await fail(portal, 'triage', 1000)).toEqual(new Set([401, 429]));
  expect((await send(portal, 'triage')).status).toBe(429);
  expect((await send(portal, 'triage', device)).status).toBe(204);
});

test('what a known device gets wrong is paced by itself', async () => {
  await using portal = await createPortal();
  const device = deviceOf(await send(portal, 'triage'));
  portal.advance(120_000);
  const statuses = [];
  for (let each = 0; each < 6; each += 1) {
    const json = { login: 'triage', password: 'not-the-passphrase', totp: '000000' };
    statuses.push((await portal.call(PATH, { cookie: device, json })).status);
  }
  expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
  expect((await send(portal, 'triage')).status).toBe(204);
});

test('a device is known to the account that signed in on it, and to no other', async () => {
  await using portal = await createPortal();
  const device = deviceOf(await send(portal, 'triage'));
  await fail(portal, 'handler', 10);
  expect((await send(portal, 'handler', device)).status).toBe(429);
});

test('one browser may be known to several accounts', async () => {
  await using portal = await createPortal();
  const device = deviceOf(await send(portal, 'triage'));
  expect(deviceOf(await send(portal, 'handler', device))).toBe(device);
  await fail(portal, 'triage', 10);
  expect((await send(portal, 'triage', device)).status).toBe(204);
});

test('the database does not have the token of a device, and an invented one is replaced', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  const device = deviceOf(await send(portal, 'triage', 'device=invented'));
  const [, token = ''] = device.split('=');
  expect(token).toMatch(/^[\w-]{43}$/);
  const [row] = await db.select().from(db.t.knownDevice);
  expect(row?.id).toMatch(/^[0-9a-f]{64}$/);
  expect(row?.id).not.toContain(token);
});

test('at most ten devices are known; the one not seen for longest is forgotten', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  const first = deviceOf(await send(portal, 'triage'));
  for (let each = 0; each < 10; each += 1) {
    portal.advance(86_400_000);
    await send(portal, 'triage');
  }
  expect(await db.select().from(db.t.knownDevice)).toHaveLength(10);
  await fail(portal, 'triage', 10);
  expect((await send(portal, 'triage', first)).status).toBe(429);
});
