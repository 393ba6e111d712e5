import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { solveChallenge } from 'altcha-lib';
import type { Challenge } from 'altcha-lib/types';
import { totpAt } from '#sealing/totp.ts';

export type Account = {
  login: string;
  password: string;
  totpSecret: string;
  role: string;
  /** The body's Chinese name. */
  body: string;
};

/** Where a script says how far it is. */
export type Tell = (line: string) => void;

/** A caller of the API as a browser would call it: over HTTP, or within a test through `app.request`. */
export type Call = (path: string, init?: RequestInit) => Promise<Response>;

export function callOver(url: string): Call {
  return (path, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('origin', url);
    return fetch(new URL(path, url), { ...init, headers, redirect: 'manual' });
  };
}

/** The code of `account` now, or so many steps of 30 seconds later. */
export function totpOf(account: Account, later = 0): string {
  return totpAt(account.totpSecret, Date.now() + later * 30_000);
}

/** Signs in with this code and answers the Cookie header. */
export async function signInWith(call: Call, account: Account, totp: string): Promise<string> {
  const { login, password } = account;
  const answer = await postJson(call, '/api/staff/session', { login, password, totp });
  await expectStatus(answer, 204);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .filter((cookie) => /^(__Host-)?session=/.test(cookie))
    .join('; ');
}

/**
 * Signs in with the oldest code that is still good, so that the one of now is left for a person who signs in
 * next. A code works once: one that was used is followed by the next.
 */
export async function signIn(call: Call, account: Account): Promise<string> {
  for (const later of [-1, 0]) {
    try {
      return await signInWith(call, account, totpOf(account, later));
    } catch {
      // The next code may still be good.
    }
  }
  return signInWith(call, account, totpOf(account, 1));
}

/** Solves a fresh challenge, as the widget does. */
export async function solveProof(call: Call): Promise<string> {
  const answer = await call('/api/challenge');
  await expectStatus(answer, 200);
  return solveChallenged((await answer.json()) as Challenge);
}

/** What the widget sends for a challenge: the field `altcha`. */
export async function solveChallenged(challenge: Challenge): Promise<string> {
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error('the challenge was not solved');
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}

export function postJson(call: Call, path: string, body: unknown, cookie = ''): Promise<Response> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (cookie) headers['cookie'] = cookie;
  return call(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** The demo's account of this login. */
export function accountOf(accounts: Account[], login: string): Account {
  const account = accounts.find((each) => each.login === login);
  if (!account) throw new Error(`demo-accounts.json has no ${login}; begin anew with -- --reset`);
  return account;
}

/** Throws with the portal's own sentence where the answer is another. */
export async function expectStatus(answer: Response, status: number): Promise<void> {
  if (answer.status === status) return;
  throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`);
}
