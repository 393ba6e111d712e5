import { identityFromBytes, pairOf } from './age.ts';
import type { KeyPair } from './age.ts';
import type { Secrets } from './secrets.ts';

/** Random bytes of an upload id. */
export const UPLOAD_ID_BYTES = 32;

/**
 * What an upload id yields: where its file is found, and the identity that opens what the file is. The
 * look-up key is stored, the identity never is. (The pepper is that of the query codes.)
 */
export async function deriveUploadKeys(
  secrets: Secrets,
  uploadId: string,
): Promise<KeyPair & { lookup: string }> {
  const bytes = secrets.derive('query-code', uploadId, 'sunshine-dibao/upload/v1', 64);
  const pair = await pairOf(identityFromBytes(bytes.subarray(32)));
  return { ...pair, lookup: bytes.subarray(0, 32).toString('hex') };
}
