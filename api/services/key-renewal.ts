import { randomUUID } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import {
  RECOVERY_HOLDER,
  deleteBodyKeyGrants,
  findCurrentBodyKey,
  insertBodyKey,
  insertBodyKeyGrants,
  insertKeyEvents,
  listAllKeyHolders,
  listBodyKeys,
  listKeyHolders,
  readBodyRecovery,
  replaceBodyRecovery,
  replaceRecoveryGrant,
  retireBodyKey,
} from '#db/queries/body-keys.ts';
import { readAccount } from '#db/queries/accounts.ts';
import { listPostHolders } from '#db/queries/people.ts';
import type { Reader } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { carriesBodyKey } from '#rules/post-conflicts.ts';
import { generateKeyPair, seal } from '#sealing/age.ts';
import { appendAudit } from './audit.ts';
import { keyEvent } from './dropped-keys.ts';
import { isKeyMember, openBodyIdentity } from './keyring.ts';
import { sealToPapers } from './recovery-papers.ts';
import type { RecoveryPapers } from './recovery-papers.ts';
import { resealInBackground } from './resealing.ts';

/** Accounts that may hold a body's key on a civil date: a post there that carries it, and not disabled. */
export async function listKeyMembers(db: Reader, bodyCode: string, on: string) {
  const holders = await listPostHolders(db, [bodyCode], on);
  return holders.filter(
    (holder) =>
      holder.accountId !== null && holder.disabledOn === null && carriesBodyKey(holder.role),
  );
}

/**
 * Gives a body a new key, sealed to its present members who hold the old one and to its papers. The old one
 * is retired, whoever left loses their copies, and its leads are sealed anew in the background.
 */
export async function renewBodyKey(
  context: Context,
  actor: Actor,
  bodyCode: string,
): Promise<void> {
  const { db, secrets } = context;
  const now = context.now();
  const today = civilDateOf(now);
  const current = await requireOwnKey(context, actor, bodyCode);
  const recovery = await readBodyRecovery(db, bodyCode);
  if (!recovery) throw new CodedError('not-found');
  const members = new Set(
    (await listKeyMembers(db, bodyCode, today)).map((member) => member.accountId),
  );
  const pair = await generateKeyPair();
  const key = {
    id: randomUUID(),
    bodyCode,
    recipient: pair.recipient,
    createdOn: today,
    retiredOn: null,
    renewFrom: null,
  };
  const grants = [
    {
      keyId: key.id,
      holder: RECOVERY_HOLDER,
      sealed: await sealToPapers(recovery, pair.identity),
    },
  ];
  for (const holder of (await listKeyHolders(db, bodyCode)).filter((id) => members.has(id))) {
    const account = await readAccount(db, holder);
    if (!account) continue;
    grants.push({ keyId: key.id, holder, sealed: await seal([account.recipient], pair.identity) });
  }
  const keyIds = (await listBodyKeys(db, bodyCode)).map((each) => each.id);
  await db.transaction(async (tx) => {
    if (!(await retireBodyKey(tx, current.id, today))) throw new CodedError('state-changed');
    await insertBodyKey(tx, key);
    // A reset while this was sealed took the member's keys: what was sealed for them stays out.
    const holding = new Set([...(await listAllKeyHolders(tx, bodyCode)), RECOVERY_HOLDER]);
    await insertBodyKeyGrants(
      tx,
      grants.filter((grant) => holding.has(grant.holder)),
    );
    for (const holder of holding) {
      if (holder === RECOVERY_HOLDER || members.has(holder)) continue;
      await deleteBodyKeyGrants(tx, keyIds, holder);
    }
    await insertKeyEvents(tx, [
      keyEvent(now, { bodyCode, kind: 'renew', personId: actor.personId }),
    ]);
    await appendAudit(tx, secrets, now, {
      action: 'body-key.renew',
      subjectKind: 'body',
      subjectId: bodyCode,
      personId: actor.personId,
      bodyCode,
      fields: { from: current.id, to: key.id },
    });
  });
  await resealInBackground(context, actor, bodyCode);
}

/**
 * New papers: every key of the body is sealed to two new recipients, and the old papers open nothing any more.
 * The actor must hold every key, or part of what is sealed could never be brought back.
 */
export async function printNewPapers(
  context: Context,
  actor: Actor,
  bodyCode: string,
): Promise<RecoveryPapers> {
  const { db, secrets } = context;
  const now = context.now();
  await requireOwnKey(context, actor, bodyCode);
  const read = await readBodyRecovery(db, bodyCode);
  if (!read) throw new CodedError('not-found');
  const [first, second] = [await generateKeyPair(), await generateKeyPair()];
  const recovery = {
    bodyCode,
    firstRecipient: first.recipient,
    secondRecipient: second.recipient,
    createdOn: civilDateOf(now),
  };
  const keys = await listBodyKeys(db, bodyCode);
  const sealed = new Map<string, Buffer>();
  for (const { id } of keys) {
    const identity = await openBodyIdentity(db, actor, id);
    if (!identity) {
      throw new CodedError('not-now', {}, '您没有本单位以前的全部密钥，请持有更久的同事来打印。');
    }
    sealed.set(id, await sealToPapers(recovery, identity));
  }
  await db.transaction(async (tx) => {
    const keysNow = await listBodyKeys(tx, bodyCode);
    const isSame = keysNow.length === keys.length;
    if (!isSame || !(await replaceBodyRecovery(tx, read, recovery))) {
      throw new CodedError('state-changed');
    }
    for (const [keyId, blob] of sealed) await replaceRecoveryGrant(tx, keyId, blob);
    await insertKeyEvents(tx, [
      keyEvent(now, { bodyCode, kind: 'papers', personId: actor.personId }),
    ]);
    await appendAudit(tx, secrets, now, {
      action: 'body-key.print-papers',
      subjectKind: 'body',
      subjectId: bodyCode,
      personId: actor.personId,
      bodyCode,
    });
  });
  return { bodyCode, first: first.identity, second: second.identity };
}

/** The present key of a body whose member the actor is and whose key they hold. */
async function requireOwnKey({ db }: Context, actor: Actor, bodyCode: string) {
  if (!isKeyMember(actor, bodyCode)) throw new CodedError('not-found');
  const current = await findCurrentBodyKey(db, bodyCode);
  const identity = current && (await openBodyIdentity(db, actor, current.id));
  if (current && identity) return current;
  throw new CodedError('not-allowed', {}, '您还没有本单位的密钥，请同事授予后再办理。');
}
