import type { Actor } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import type { Batch } from '#db/queries/batches.ts';
import type { Reader } from '#db/store.ts';
import { bodyRecipient, openBodyIdentity } from './keyring.ts';

/** What belongs to a list is sealed to these: `keyIds` as a sealed file keeps them. */
export type ListKeys = { recipients: string[]; keyIds: string };

/** The keys of the two bodies that may open what belongs to a list. */
export async function readListKeys(
  db: Reader,
  { bodyCode, reviewBodyCode }: Pick<Batch, 'bodyCode' | 'reviewBodyCode'>,
): Promise<ListKeys> {
  const codes = [...new Set([bodyCode, reviewBodyCode])];
  const keys = await Promise.all(codes.map((code) => bodyRecipient(db, code)));
  return {
    recipients: keys.map((key) => key.recipient),
    keyIds: keys.map((key) => key.keyId).join(' '),
  };
}

/**
 * Finds the first of a sealed file's keys that the actor holds, null where they hold none. Each key is
 * opened once, however many files it opens.
 */
export function identitiesOf(db: Reader, actor: Actor) {
  const known = new Map<string, Promise<string | null>>();
  return async function findIdentity(keyIds: string): Promise<string | null> {
    for (const keyId of keyIds.split(' ')) {
      const opened = known.get(keyId) ?? openBodyIdentity(db, actor, keyId);
      known.set(keyId, opened);
      const identity = await opened;
      if (identity) return identity;
    }
    return null;
  };
}

/** Throws `not-allowed` where the actor was not given their body's key. */
export function requireIdentity(identity: string | null): string {
  if (identity) return identity;
  throw new CodedError('not-allowed', {}, '您还没有本单位的密钥，请同事授予后再办理。');
}
