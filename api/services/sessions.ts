import { createHash, randomBytes } from 'node:crypto';
import type { Actor, ActorPost, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { advanceTotpStep, deleteSignInPace, findAccountByLogin } from '#db/queries/accounts.ts';
import { listBodies } from '#db/queries/bodies.ts';
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
import { checkCredentials, claimAttempt } from './sign-in.ts';

export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 3_600_000;
/** A session that is in use is written at most once a minute. */
const TOUCH_MS = 60_000;

export type SignInInput = { login: string; password: string; totp: string };

/**
 * Begins a session and returns the value of its cookie: `token.key`. The token is known to the database
 * by its hash; the key wraps the person's identity and is nowhere but in the cookie.
 * Throws `sign-in-paced`, or `sign-in-failed` whatever was wrong.
 */
export async function signIn(context: Context, input: SignInInput): Promise<string> {
  const { db, secrets } = context;
  const now = context.now();
  const login = normaliseLogin(input.login);
  const account = await findAccountByLogin(db, login);
  const holder = await claimAttempt(context, now, login, account);
  const proven = await checkCredentials(secrets, now, input, account);
  if (!proven || !account) throw new CodedError('sign-in-failed');

  const token = randomBytes(32);
  const key = randomBytes(32);
  const wrap = await pairOf(identityFromBytes(key));
  const session = {
    id: sessionIdOf(token),
    accountId: account.id,
    createdAt: now,
    seenAt: now,
    wrappedIdentity: await seal([wrap.recipient], proven.identity),
  };
  await db.transaction(async (tx) => {
    if (!(await advanceTotpStep(tx, account.id, proven.step))) {
      throw new CodedError('sign-in-failed');
    }
    await deleteSignInPace(tx, holder);
    await deleteEndedSessions(tx, now - IDLE_MS, now - ABSOLUTE_MS);
    await insertSession(tx, session);
    await appendAudit(tx, secrets, now, {
      action: 'session.start',
      subjectKind: 'account',
      subjectId: account.id,
      personId: account.personId,
    });
  });
  return `${token.toString('base64url')}.${key.toString('base64url')}`;
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

/** `__Host-` needs Secure, which loopback http does not have. */
function sessionCookieName(context: Context): string {
  return isSecure(context) ? '__Host-session' : 'session';
}

/** The Set-Cookie header that carries a session, or, for an empty value, removes it. */
export function sessionCookie(context: Context, value: string): string {
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax'];
  if (isSecure(context)) attributes.push('Secure');
  if (value === '') attributes.push('Max-Age=0');
  return [`${sessionCookieName(context)}=${value}`, ...attributes].join('; ');
}

function isSecure(context: Context): boolean {
  return context.config.publicUrl?.startsWith('https://') ?? false;
}

function readCookieParts(context: Context, header: string | undefined) {
  const name = sessionCookieName(context);
  const pair = header?.split(/;\s*/).find((part) => part.startsWith(`${name}=`));
  const match = /^([\w-]{43})\.([\w-]{43})$/.exec(pair?.slice(name.length + 1) ?? '');
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

async function readPosts(db: Reader, personId: string, on: string): Promise<ActorPost[]> {
  const bodies = await listBodies(db);
  const posts = await listPostsOf(db, personId, on);
  return posts.map(({ bodyCode, role }) => ({
    bodyCode,
    role: role as RoleCode,
    scope: scopeOf(bodyCode, bodies),
  }));
}
