import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import {
  findBodyKeyGrant,
  findCurrentBodyKey,
  insertBodyKeyGrants,
  insertKeyEvents,
  listGrantedKeys,
} from '#db/queries/body-keys.ts';
import type { BodyKeyGrant } from '#db/queries/body-keys.ts';
import { readAccount } from '#db/queries/accounts.ts';
import { listPostsOf } from '#db/queries/people.ts';
import type { Reader } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { carriesBodyKey } from '#rules/post-conflicts.ts';
import { openSealed, seal } from '#sealing/age.ts';
import { appendAudit } from './audit.ts';
import { keyEvent } from './dropped-keys.ts';
import { prepareBodyKey, storeBodyKey } from './recovery-papers.ts';
import type { RecoveryPapers } from './recovery-papers.ts';

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
    await insertKeyEvents(tx, [
      keyEvent(now, { bodyCode, kind: 'create', personId: actor.personId }),
    ]);
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
    // Sealed to an identity that a reset replaced meanwhile, it would open nothing and stand in the way.
    const current = await readAccount(tx, accountId);
    if (current?.recipient !== account.recipient || current.disabledOn) {
      throw new CodedError('state-changed');
    }
    await insertBodyKeyGrants(tx, grants);
    await insertKeyEvents(tx, [
      keyEvent(now, { bodyCode, kind: 'grant', accountId, personId: actor.personId }),
    ]);
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

/** Whether the person is at this body now in a role that opens what is sealed to it. */
export function isKeyMember(actor: Pick<Actor, 'posts'>, bodyCode: string): boolean {
  return actor.posts.some((post) => post.bodyCode === bodyCode && carriesBodyKey(post.role));
}

function isOf(bodyCode: string) {
  return (key: { bodyCode: string }) => key.bodyCode === bodyCode;
}
