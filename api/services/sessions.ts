import { createHash, randomBytes } from 'node:crypto';
import type { Actor, ActorPost, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { advanceTotpStep, deleteSignInPace, findAccountByLogin } from '#db/queries/accounts.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { listBodiesOpenedBy } from '#db/queries/body-keys.ts';
import { listPostsOf } from '#db/queries/people.ts';
import {
  deleteEndedSessions,
  deleteSession,
  findSession,
  insertSession,
  touchSession,
} from '#db/queries/sessions.ts';
import type { Reader } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import type { RoleCode } from '#rules/roles.ts';
import { scopeOf } from '#rules/subjects.ts';
import { SealError, identityFromBytes, openSealed, pairOf, seal } from '#sealing/age.ts';
import { normaliseLogin } from './accounts.ts';
import { appendAudit } from './audit.ts';
import { findDevice, rememberDevice } from './known-devices.ts';
import { readCookie } from './staff-cookies.ts';
import { checkCredentials, claimAttempt } from './sign-in.ts';

export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 3_600_000;
/** A session that is in use is written at most once a minute. */
const TOUCH_MS = 60_000;

export type SignInInput = { login: string; password: string; totp: string };

/** Values of the cookies of somebody who signed in. */
export type SignedIn = { session: string; device: string };

/**
 * Begins a session and returns the value of its cookie: `token.key`. The token is known to the database
 * by its hash; the key wraps the person's identity and is nowhere but in the cookie. The device is known from
 * now on. Throws `sign-in-paced`, or `sign-in-failed` whatever was wrong.
 */
export async function signIn(
  context: Context,
  input: SignInInput,
  cookieHeader?: string,
): Promise<SignedIn> {
  const { db, secrets } = context;
  const now = context.now();
  const login = normaliseLogin(input.login);
  const account = await findAccountByLogin(db, login);
  const device = await findDevice(context, cookieHeader, account?.id ?? '');
  const holder = await claimAttempt(context, now, login, account, device.known ? device.id : null);
  const proven = await checkCredentials(secrets, now, input, account);
  if (!proven || !account) throw new CodedError('sign-in-failed');

  const { session, cookie } = await prepareSession(account.id, proven.identity, device.id, now);
  await db.transaction(async (tx) => {
    if (!(await advanceTotpStep(tx, account.id, proven.slot, proven.step))) {
      throw new CodedError('sign-in-failed');
    }
    await deleteSignInPace(tx, holder);
    await deleteEndedSessions(tx, now - IDLE_MS, now - ABSOLUTE_MS);
    await rememberDevice(tx, account.id, device.id, civilDateOf(now));
    await insertSession(tx, session);
    await appendAudit(tx, secrets, now, {
      action: 'session.start',
      subjectKind: 'account',
      subjectId: account.id,
      personId: account.personId,
    });
  });
  return { session: cookie, device: device.token };
}

async function prepareSession(accountId: string, identity: string, deviceId: string, now: number) {
  const token = randomBytes(32);
  const key = randomBytes(32);
  const wrap = await pairOf(identityFromBytes(key));
  const session = {
    id: sessionIdOf(token),
    accountId,
    createdAt: now,
    seenAt: now,
    deviceId,
    wrappedIdentity: await seal([wrap.recipient], identity),
  };
  return { session, cookie: `${token.toString('base64url')}.${key.toString('base64url')}` };
}

/** The person a request comes from; null where its session is missing, ended or not opened by its key. */
export async function readSession(
  context: Context,
  cookieHeader: string | undefined,
): Promise<Actor | null> {
  const { db } = context;
  const now = context.now();
  const parts = readCookieParts(context, cookieHeader);
  if (!parts) return null;
  const id = sessionIdOf(parts.token);
  const found = await findSession(db, id);
  if (!found || now - found.seenAt >= IDLE_MS || now - found.createdAt >= ABSOLUTE_MS) return null;
  const identity = await unwrapIdentity(parts.key, found.wrappedIdentity);
  if (!identity) return null;
  if (now - found.seenAt >= TOUCH_MS) {
    await db.transaction(async (tx) => touchSession(tx, id, now));
  }
  const posts = await readPosts(db, found.personId, civilDateOf(now));
  const { personId, accountId, name } = found;
  return { personId, accountId, sessionId: id, name, identity, posts };
}

/** Ends the session of a cookie; nothing happens where there is none. */
export async function signOut(context: Context, cookieHeader: string | undefined): Promise<void> {
  const parts = readCookieParts(context, cookieHeader);
  if (!parts) return;
  const now = context.now();
  await context.db.transaction(async (tx) => {
    const ended = await deleteSession(tx, sessionIdOf(parts.token));
    if (!ended) return;
    await appendAudit(tx, context.secrets, now, {
      action: 'session.end',
      subjectKind: 'account',
      subjectId: ended.accountId,
    });
  });
}

function readCookieParts(context: Context, header: string | undefined) {
  const match = /^([\w-]{43})\.([\w-]{43})$/.exec(readCookie(context, 'session', header) ?? '');
  if (!match?.[1] || !match[2]) return null;
  return { token: Buffer.from(match[1], 'base64url'), key: Buffer.from(match[2], 'base64url') };
}

function sessionIdOf(token: Buffer): string {
  return createHash('sha256').update(token).digest('hex');
}

async function unwrapIdentity(key: Buffer, wrapped: Buffer): Promise<string | null> {
  try {
    return (await openSealed(identityFromBytes(key), wrapped)).toString('utf8');
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

/** A person's posts on a day, each with what lies below its body. */
export async function readPosts(db: Reader, personId: string, on: string): Promise<ActorPost[]> {
  const bodies = await listBodies(db);
  const posts = await listPostsOf(db, personId, on);
  const opened = await listBodiesOpenedBy(db, personId);
  return posts.map(({ bodyCode, role }) => ({
    bodyCode,
    role: role as RoleCode,
    scope: scopeOf(bodyCode, bodies),
    keyless: !opened.includes(bodyCode),
  }));
}
