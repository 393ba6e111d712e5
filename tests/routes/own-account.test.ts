import { expect, test } from 'vitest';
import { listBodyKeysOf } from '#services/keyring.ts';
import { totpAt } from '#sealing/totp.ts';
import { PASSPHRASE, expectCall } from '#support/accounts.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import type { Failure } from '#support/leads.ts';

const PATH = '/api/staff/account';

async function addSecond(portal: FreshPortal, cookie: string, login: string) {
  const begun = await expectCall<{ secret: string; draft: string }>(
    portal,
    200,
    `${PATH}/device/secret`,
    { cookie, json: {} },
  );
  const totp = totpAt(begun.secret, portal.context.now());
  const passphrase = portal.accountOf(login).password;
  const json = { draft: begun.draft, passphrase, totp };
  await expectCall(portal, 204, `${PATH}/device`, { cookie, json });
  return begun.secret;
}

function signInWithCode(portal: FreshPortal, login: string, password: string, totp: string) {
  return portal.call('/api/staff/session', { json: { login, password, totp } });
}

test('a changed passphrase keeps the keys, ends other sessions and opens the next one', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('triage');
  const other = await portal.signIn('triage');
  const before = await listBodyKeysOf(portal.context.db, await portal.actorOf('triage'));
  const { password } = portal.accountOf('triage');
  const json = { current: password, next: PASSPHRASE, again: PASSPHRASE };
  await expectCall(portal, 204, `${PATH}/passphrase`, { cookie, json });
  await expectCall(portal, 200, PATH, { cookie });
  await expectCall(portal, 401, PATH, { cookie: other });
  portal.advance(120_000);
  await expect(portal.signIn('triage')).rejects.toThrow();
  const answer = await signInWithCode(portal, 'triage', PASSPHRASE, portal.nextTotp('triage'));
  expect(answer.status).toBe(204);
  expect(before).toHaveLength(1);
});

test.each([
  ['the present one wrong', { current: 'not-the-passphrase' }, 'current'],
  ['a short one', { next: '太短', again: '太短' }, 'next'],
  ['a common one', { next: 'password1234', again: 'password1234' }, 'next'],
  ['another one the second time', { again: '竹林 石桥 晚风 白鸟' }, 'again'],
])('a new passphrase with %s is refused beside its field', async (_what, change, field) => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('triage');
  const { password } = portal.accountOf('triage');
  const json = { current: password, next: PASSPHRASE, again: PASSPHRASE, ...change };
  const path = `${PATH}/passphrase`;
  const { error } = await expectCall<Failure>(portal, 422, path, { cookie, json });
  expect(Object.keys(error.fields)).toEqual([field]);
});

test('guesses at the present passphrase from an open session are paced', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('triage');
  const json = { current: 'not-the-passphrase', next: PASSPHRASE, again: PASSPHRASE };
  const statuses = [];
  for (let each = 0; each < 5; each += 1) {
    statuses.push((await portal.call(`${PATH}/passphrase`, { cookie, json })).status);
  }
  expect(statuses).toEqual([422, 422, 422, 422, 429]);
});

test('either of two devices signs in, each code once', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('triage');
  const { password } = portal.accountOf('triage');
  const secret = await addSecond(portal, cookie, 'triage');
  portal.advance(60_000);
  const totp = totpAt(secret, portal.context.now());
  expect((await signInWithCode(portal, 'triage', password, totp)).status).toBe(204);
  expect((await signInWithCode(portal, 'triage', password, totp)).status).toBe(401);
  await portal.signIn('triage');
});

test('of two devices one is taken off, and the other goes on', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('triage');
  const { password } = portal.accountOf('triage');
  const secret = await addSecond(portal, cookie, 'triage');
  const path = `${PATH}/device/removal`;
  const wrong = { device: 'first', passphrase: 'not-the-passphrase' };
  await expectCall(portal, 422, path, { cookie, json: wrong });
  await expectCall(portal, 204, path, { cookie, json: { ...wrong, passphrase: password } });
  await expectCall(portal, 409, path, { cookie, json: { ...wrong, passphrase: password } });
  portal.advance(120_000);
  await expect(portal.signIn('triage')).rejects.toThrow();
  const totp = totpAt(secret, portal.context.now());
  expect((await signInWithCode(portal, 'triage', password, totp)).status).toBe(204);
});

test('a secret begun by one person is not confirmed by another', async () => {
  await using portal = await createPortal();
  const begun = await expectCall<{ secret: string; draft: string }>(
    portal,
    200,
    `${PATH}/device/secret`,
    { cookie: await portal.signIn('handler'), json: {} },
  );
  const json = {
    draft: begun.draft,
    passphrase: portal.accountOf('triage').password,
    totp: totpAt(begun.secret, portal.context.now()),
  };
  const cookie = await portal.signIn('triage');
  const { error } = await expectCall<Failure>(portal, 422, `${PATH}/device`, { cookie, json });
  expect(error.code).toBe('draft-expired');
});

test('signing out everywhere ends every session and forgets the devices', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('triage');
  const other = await portal.signIn('triage');
  const own = await expectCall<{ sessions: { current: boolean }[] }>(portal, 200, PATH, { cookie });
  expect(own.sessions).toHaveLength(2);
  expect(own.sessions.filter((session) => session.current)).toHaveLength(1);
  await expectCall(portal, 204, `${PATH}/sign-out-everywhere`, { cookie, json: {} });
  for (const each of [cookie, other]) await expectCall(portal, 401, PATH, { cookie: each });
  const { db } = portal.context;
  expect(await db.select().from(db.t.knownDevice)).toEqual([]);
});
