import { expect } from 'vitest';
import { findAccountByLogin } from '#db/queries/accounts.ts';
import type { StaffPerson } from '#routes/staff-account-schemas.ts';
import { totpAt } from '#sealing/totp.ts';
import type { FreshPortal } from './fresh-portal.ts';

export const PASSPHRASE = '竹林 石桥 晚风 白鹭';

export type Link = { token: string; code: string; expiresAt: number };
export type Opened = { draft: string; secret: string; login: string; name: string; kind: string };

/** Calls the API as the person of a Cookie header and expects a status; the answer's body. */
export async function expectCall<T>(
  portal: FreshPortal,
  status: number,
  path: string,
  init: { cookie?: string; method?: string; json?: unknown } = {},
): Promise<T> {
  const answer = await portal.call(path, init);
  const text = await answer.text();
  expect({ path, status: answer.status, text }).toMatchObject({ status });
  return (text ? JSON.parse(text) : null) as T;
}

export async function personIdOf(portal: FreshPortal, login: string): Promise<string> {
  const account = await findAccountByLogin(portal.context.db, login);
  if (!account) throw new Error(`no account ${login}`);
  return account.personId;
}

/** The list of the administrator of accounts, by name. */
export async function listStaffBy(portal: FreshPortal, cookie: string) {
  const { items } = await expectCall<{ items: StaffPerson[] }>(portal, 200, '/api/staff/accounts', {
    cookie,
  });
  return new Map(items.map((item) => [item.name, item]));
}

/** A link and its code. */
export async function inviteTo(
  portal: FreshPortal,
  cookie: string,
  personId: string,
  login = '',
): Promise<Link> {
  const path = `/api/staff/accounts/${personId}/invitation`;
  return expectCall(portal, 201, path, { cookie, json: { login } });
}

export function openLink(portal: FreshPortal, { token, code }: Pick<Link, 'token' | 'code'>) {
  return expectCall<Opened>(portal, 200, '/api/staff/invitations/open', { json: { token, code } });
}

/** Uses a link as the invited does; answers how they sign in from then on. */
export async function acceptLink(portal: FreshPortal, link: Link, passphrase = PASSPHRASE) {
  const { draft, secret, login } = await openLink(portal, link);
  const totp = totpAt(secret, portal.context.now());
  const json = { draft, passphrase, again: passphrase, totp };
  await expectCall(portal, 204, '/api/staff/invitations/accept', { json });
  return { login, passphrase, secret };
}

/** The Cookie header of a session; the clock moves on, since a code works once. */
export async function signInAs(
  portal: FreshPortal,
  { login, passphrase, secret }: { login: string; passphrase: string; secret: string },
): Promise<string> {
  portal.advance(30_000);
  const totp = totpAt(secret, portal.context.now());
  const json = { login, password: passphrase, totp };
  const answer = await portal.call('/api/staff/session', { json });
  expect(answer.status).toBe(204);
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** A person with a link used: invited by the administrator, without any body's key. */
export async function resetAccount(portal: FreshPortal, cookie: string, login: string) {
  const link = await inviteTo(portal, cookie, await personIdOf(portal, login));
  return acceptLink(portal, link);
}
