import { z } from 'zod';
import { readReceiptFiles } from '#db/queries/evidence.ts';
import type { Reader } from '#db/store.ts';
import { openJson, sealJson } from '#sealing/age.ts';
import type { WaitingFile } from './evidence.ts';
import { labelOfType } from './evidence-upload.ts';

/**
 * What a receipt says of the files that came with a complaint, without their names. It is sealed to the query
 * code: the hash of a file in the database would tell whoever has the file that it was sent.
 */
const SentFiles = z.array(
  z.strictObject({ kind: z.string(), bytes: z.number().int(), sha256: z.string() }),
);
export type SentFiles = z.infer<typeof SentFiles>;

export function describeSent(waiting: readonly WaitingFile[]): SentFiles {
  return waiting.map(({ facts: { type, bytes, sha256 } }) => ({
    kind: labelOfType(type),
    bytes,
    sha256,
  }));
}

export async function sealSent(codeRecipient: string, files: SentFiles): Promise<Buffer> {
  return sealJson([codeRecipient], files);
}

export async function openSent(
  db: Reader,
  leadId: string,
  codeIdentity: string,
): Promise<SentFiles> {
  const sealed = await readReceiptFiles(db, leadId);
  return sealed ? SentFiles.parse(await openJson(codeIdentity, sealed)) : [];
}
