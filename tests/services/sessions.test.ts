import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findAccountByLogin } from '#db/queries/accounts.ts';
import { findSession } from '#db/queries/sessions.ts';
import { SealError, identityFromBytes, openSealed, pairOf } from '#sealing/age.ts';
import { ABSOLUTE_MS, IDLE_MS, readSession } from '#services/sessions.ts';
import { delayAfter } from '#services/sign-in.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';

const MINUTE = 60_000;

/** Every byte of the database and its log, as a thief of the data folder has it. */
function readDatabase(portal: FreshPortal): string {
  const { dataDir } = portal.context.config;
  return ['portal.db', 'portal.db-wal']
    .map((name) => readFileSync(join(dataDir, name), 'latin1'))
    .join('');
}

test('a session ends half an hour after its last use', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('triage');
  portal.advance(IDLE_MS - MINUTE);
  expect(await readSession(portal.context, cookie)).toMatchObject({ name: '祁思齐' });
  portal.advance(IDLE_MS - MINUTE);
  expect(await readSession(portal.context, cookie)).toMatchObject({ name: '祁思齐' });
  portal.advance(IDLE_MS);
  expect(await readSession(portal.context, cookie)).toBeNull();
});

test('a session ends after twelve hours however busy it is', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('triage');
  for (let passed = 0; passed + 20 * MINUTE < ABSOLUTE_MS; passed += 20 * MINUTE) {
    portal.advance(20 * MINUTE);
    expect(await readSession(portal.context, cookie)).not.toBeNull();
  }
  portal.advance(20 * MINUTE);
  expect(await readSession(portal.context, cookie)).toBeNull();
});

test('each sign-in has a token and a key of its own', async () => {
  await using portal = await createPortal();
  const first = await portal.signIn('triage');
  const second = await portal.signIn('triage');
  expect(new Set([...first.split(/[=.]/), ...second.split(/[=.]/)]).size).toBe(5);
});

test('the session opens the identity that the account is sealed to', async () => {
  await using portal = await createPortal();
  const actor = await portal.actorOf('triage');
  const account = await findAccountByLogin(portal.context.db, 'triage');
  expect((await pairOf(actor.identity)).recipient).toBe(account?.recipient);
});

test('the database has neither token nor key of a cookie, nor an identity in clear', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('triage');
  const { identity } = (await readSession(portal.context, cookie)) ?? { identity: '' };
  const bytes = readDatabase(portal);
  const [, token = '', key = ''] = cookie.split(/[=.]/);
  for (const secret of [token, key]) {
    expect(bytes).not.toContain(secret);
    expect(bytes).not.toContain(Buffer.from(secret, 'base64url').toString('latin1'));
    expect(bytes).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
  }
  expect(identity).toMatch(/^AGE-SECRET-KEY-1/);
  expect(bytes).not.toContain('AGE-SECRET-KEY-');
});

test('the key in the cookie opens nothing without the database row, nor the row another key', async () => {
  await using portal = await createPortal();
  const mine = await portal.signIn('triage');
  const other = await portal.signIn('handler');
  const [name, token] = mine.split(/[=.]/);
  const wrongKey = other.split('.')[1] ?? '';
  expect(await readSession(portal.context, `${name}=${token}.${wrongKey}`)).toBeNull();
  const actor = await readSession(portal.context, mine);
  const row = await findSession(portal.context.db, actor?.sessionId ?? '');
  const stranger = identityFromBytes(Buffer.from(wrongKey, 'base64url'));
  await expect(openSealed(stranger, row?.wrappedIdentity ?? Buffer.alloc(0))).rejects.toThrow(
    SealError,
  );
});

test('a post counts from its first day and no longer on its last', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  const cookie = await portal.signIn('triage');
  const actor = await readSession(portal.context, cookie);
  expect(actor?.posts.map((held) => held.role)).toEqual(['triage_officer']);
  await db.transaction(async (tx) => {
    await tx.update(tx.t.post).set({ endsOn: '2026-11-20' });
  });
  expect((await readSession(portal.context, cookie))?.posts).toEqual([]);
});

test('a disabled account can neither sign in nor go on', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  const cookie = await portal.signIn('triage');
  await db.transaction(async (tx) => {
    await tx.update(tx.t.account).set({ disabledOn: '2026-11-20' });
  });
  expect(await readSession(portal.context, cookie)).toBeNull();
  await expect(portal.signIn('triage')).rejects.toThrow('账号、口令或动态码不对');
});

test('the scope of a bureau reaches its townships and villages, that of the discipline group nobody', async () => {
  await using portal = await createPortal();
  const clerk = await portal.actorOf('intake');
  const liaison = await portal.actorOf('liaison');
  const scope = clerk.posts[0]?.scope ?? [];
  expect(scope).toContain('township-990101100000');
  expect(scope).toContain('village-990101100201');
  expect(scope).not.toContain('discipline-990101000000');
  expect(liaison.posts[0]?.scope).toEqual(['discipline-990101000000']);
});

test('the wait after failures grows and never passes a minute', () => {
  expect([1, 3, 4, 5, 6, 9, 10, 50].map(delayAfter)).toEqual([
    0, 0, 1000, 2000, 4000, 32_000, 60_000, 60_000,
  ]);
});
