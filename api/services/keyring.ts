import { randomUUID } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import {
  RECOVERY_HOLDER,
  findBodyKeyGrant,
  findCurrentBodyKey,
  insertBodyKey,
  insertBodyKeyGrants,
  insertBodyRecovery,
  listGrantedKeys,
} from '#db/queries/body-keys.ts';
import type { BodyKey, BodyKeyGrant, BodyRecovery } from '#db/queries/body-keys.ts';
import { readAccount } from '#db/queries/accounts.ts';
import { listPostsOf } from '#db/queries/people.ts';
import type { Reader, Tx } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { carriesBodyKey } from '#rules/post-conflicts.ts';
import { generateKeyPair, openSealed, seal } from '#sealing/age.ts';
import { appendAudit } from './audit.ts';

/** The two identities that together open a body's key. Printed once, each on its own page, then gone. */
export type RecoveryPapers = { bodyCode: string; first: string; second: string };

/** A member to seal a body's key to. */
export type KeyMember = { accountId: string; recipient: string };

/** A body's new key, sealed and ready to be stored. */
export type PreparedKey = {
  key: BodyKey;
  grants: BodyKeyGrant[];
  recovery: BodyRecovery;
  papers: RecoveryPapers;
};

/** Makes a body's first key and its papers. Sealing work: never inside a transaction. */
export async function prepareBodyKey(
  bodyCode: string,
  members: KeyMember[],
  createdOn: string,
): Promise<PreparedKey> {
  const [pair, first, second] = await Promise.all([
    generateKeyPair(),
    generateKeyPair(),
    generateKeyPair(),
  ]);
  const key = {
    id: randomUUID(),
    bodyCode,
    recipient: pair.recipient,
    createdOn,
    retiredOn: null,
    renewFrom: null,
  };
  const inner = await seal([second.recipient], pair.identity);
  const grants = [
    { keyId: key.id, holder: RECOVERY_HOLDER, sealed: await seal([first.recipient], inner) },
  ];
  for (const { accountId, recipient } of members) {
    const sealed = await seal([recipient], pair.identity);
    grants.push({ keyId: key.id, holder: accountId, sealed });
  }
  return {
    key,
    grants,
    recovery: {
      bodyCode,
      firstRecipient: first.recipient,
      secondRecipient: second.recipient,
      createdOn,
    },
    papers: { bodyCode, first: first.identity, second: second.identity },
  };
}

/** Stores a prepared key; the papers go to whoever prints them. */
export async function storeBodyKey(tx: Tx, { key, grants, recovery }: PreparedKey): Promise<void> {
  await insertBodyKey(tx, key);
  await insertBodyKeyGrants(tx, grants);
  await insertBodyRecovery(tx, recovery);
}

/** Gives a body without a key its first one, opened by the person doing it, who must be its member. */
export async function createBodyKey(
  context: Context,
  actor: Actor,
  bodyCode: string,
): Promise<RecoveryPapers> {
  if (!isKeyMember(actor, bodyCode)) throw new CodedError('not-allowed');
  const account = await readAccount(context.db, actor.accountId);
  if (!account) throw new CodedError('not-found');
  const now = context.now();
  const member = { accountId: account.id, recipient: account.recipient };
  const prepared = await prepareBodyKey(bodyCode, [member], civilDateOf(now));
  await context.db.transaction(async (tx) => {
    if (await findCurrentBodyKey(tx, bodyCode)) throw new CodedError('state-changed');
    await storeBodyKey(tx, prepared);
    await appendAudit(tx, context.secrets, now, {
      action: 'body-key.create',
      subjectKind: 'body',
      subjectId: bodyCode,
      personId: actor.personId,
      bodyCode,
    });
  });
  return prepared.papers;
}

/**
 * Seals every key of a body that the actor holds, retired ones too, to a fellow member. A new member can
 * get them in no other way than from a member's session.
 */
export async function grantBodyKey(
  context: Context,
  actor: Actor,
  bodyCode: string,
  accountId: string,
): Promise<void> {
  const { db, secrets } = context;
  const now = context.now();
  const account = await readAccount(db, accountId);
  if (!account || account.disabledOn) throw new CodedError('not-found');
  const posts = await listPostsOf(db, account.personId, civilDateOf(now));
  if (!posts.some((post) => post.bodyCode === bodyCode && carriesBodyKey(post.role))) {
    throw new CodedError('not-allowed');
  }
  const grants: BodyKeyGrant[] = [];
  for (const { keyId } of (await listBodyKeysOf(db, actor)).filter(isOf(bodyCode))) {
    const identity = await openBodyIdentity(db, actor, keyId);
    if (!identity) continue;
    grants.push({ keyId, holder: accountId, sealed: await seal([account.recipient], identity) });
  }
  if (grants.length === 0) throw new CodedError('not-allowed');
  await db.transaction(async (tx) => {
    await insertBodyKeyGrants(tx, grants);
    await appendAudit(tx, secrets, now, {
      action: 'body-key.grant',
      subjectKind: 'account',
      subjectId: accountId,
      personId: actor.personId,
      bodyCode,
      fields: grants.map((grant) => grant.keyId),
    });
  });
}

/** The key new content for a body is sealed to. Throws where the body has none. */
export async function bodyRecipient(
  db: Reader,
  bodyCode: string,
): Promise<{ keyId: string; recipient: string }> {
  const key = await findCurrentBodyKey(db, bodyCode);
  if (!key) throw new Error(`body ${bodyCode} has no key to seal to`);
  return { keyId: key.id, recipient: key.recipient };
}

/** The identity of one of a body's keys; null where the actor is no member or holds no grant of it. */
export async function openBodyIdentity(
  db: Reader,
  actor: Actor,
  keyId: string,
): Promise<string | null> {
  const grant = await findBodyKeyGrant(db, keyId, actor.accountId);
  if (!grant || !isKeyMember(actor, grant.bodyCode)) return null;
  return (await openSealed(actor.identity, grant.sealed)).toString('utf8');
}

/** Keys the actor holds at the bodies where they are a member now. */
export async function listBodyKeysOf(
  db: Reader,
  actor: Actor,
): Promise<{ keyId: string; bodyCode: string }[]> {
  const granted = await listGrantedKeys(db, actor.accountId);
  return granted.filter(({ bodyCode }) => isKeyMember(actor, bodyCode));
}

/** Opens a body's key with both papers. Throws SealError where either is not the right one. */
export async function openWithPapers(
  db: Reader,
  keyId: string,
  papers: Pick<RecoveryPapers, 'first' | 'second'>,
): Promise<string> {
  const grant = await findBodyKeyGrant(db, keyId, RECOVERY_HOLDER);
  if (!grant) throw new CodedError('not-found');
  const inner = await openSealed(papers.first, grant.sealed);
  return (await openSealed(papers.second, inner)).toString('utf8');
}

function isKeyMember(actor: Actor, bodyCode: string): boolean {
  return actor.posts.some((post) => post.bodyCode === bodyCode && carriesBodyKey(post.role));
}

function isOf(bodyCode: string) {
  return (key: { bodyCode: string }) => key.bodyCode === bodyCode;
}
