import { identityFromBytes, pairOf } from './age.ts';
import type { KeyPair } from './age.ts';
import type { Secrets } from './secrets.ts';

/** What a query code yields: where the lead is found, and the identity that opens its replies. */
export type CodeKeys = KeyPair & { lookup: string; lookupKeyId: string };

/**
 * HKDF-SHA-256 under the server's pepper: 80 random bits need no password hash. The look-up key is
 * stored, the identity never is.
 */
export async function deriveCodeKeys(secrets: Secrets, code: string): Promise<CodeKeys> {
  const bytes = secrets.derive('query-code', code, 'sunshine-dibao/query-code/v1', 64);
  const pair = await pairOf(identityFromBytes(bytes.subarray(32)));
  const { keyId } = secrets.mac('query-code', '');
  return { ...pair, lookup: bytes.subarray(0, 32).toString('hex'), lookupKeyId: keyId };
}
