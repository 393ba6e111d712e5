import { randomUUID } from 'node:crypto';
import { CodedError } from '#api/errors.ts';
import {
  RECOVERY_HOLDER,
  findBodyKeyGrant,
  insertBodyKey,
  insertBodyKeyGrants,
  insertBodyRecovery,
} from '#db/queries/body-keys.ts';
import type { BodyKey, BodyKeyGrant, BodyRecovery } from '#db/queries/body-keys.ts';
import type { Reader, Tx } from '#db/store.ts';
import { generateKeyPair, openSealed, seal } from '#sealing/age.ts';

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
  const recovery = {
    bodyCode,
    firstRecipient: first.recipient,
    secondRecipient: second.recipient,
    createdOn,
  };
  const grants = [
    {
      keyId: key.id,
      holder: RECOVERY_HOLDER,
      sealed: await sealToPapers(recovery, pair.identity),
    },
  ];
  for (const { accountId, recipient } of members) {
    const sealed = await seal([recipient], pair.identity);
    grants.push({ keyId: key.id, holder: accountId, sealed });
  }
  return {
    key,
    grants,
    recovery,
    papers: { bodyCode, first: first.identity, second: second.identity },
  };
}

/** A body's identity, age in age: both papers are needed, the first one first. */
export async function sealToPapers(
  recovery: Pick<BodyRecovery, 'firstRecipient' | 'secondRecipient'>,
  identity: string,
): Promise<Buffer> {
  return seal([recovery.firstRecipient], await seal([recovery.secondRecipient], identity));
}

/** Stores a prepared key; the papers go to whoever prints them. */
export async function storeBodyKey(tx: Tx, { key, grants, recovery }: PreparedKey): Promise<void> {
  await insertBodyKey(tx, key);
  await insertBodyKeyGrants(tx, grants);
  await insertBodyRecovery(tx, recovery);
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
