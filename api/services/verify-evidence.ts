import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { listKnownFiles } from '#db/queries/evidence.ts';
import type { Reader } from '#db/store.ts';
import { isMissing } from '#publishing/disk.ts';
import { evidencePath } from './evidence-files.ts';

/** A file of a complaint that is not there any more, or not as it came. */
export class BrokenFileError extends Error {
  override name = 'BrokenFileError';
}

/** Reads every sealed file of complaints and compares it with its hash; no key is needed. Answers how many. */
export async function verifyEvidence(db: Reader, dataDir: string): Promise<number> {
  const files = await listKnownFiles(db);
  for (const [fileId, fileHash] of files) await verifyFile(db, dataDir, fileId, fileHash);
  return files.size;
}

/** The files of a receipt, as they came. Throws BrokenFileError. */
export async function verifyReceived(db: Reader, dataDir: string, hashes: string[]): Promise<void> {
  const files = new Map([...(await listKnownFiles(db))].map(([fileId, hash]) => [hash, fileId]));
  for (const hash of hashes) {
    const fileId = files.get(hash);
    if (!fileId) throw new BrokenFileError(`a file of the receipt is not kept here: ${hash}`);
    await verifyFile(db, dataDir, fileId, hash);
  }
}

async function verifyFile(db: Reader, dataDir: string, fileId: string, fileHash: string) {
  const found = await hashFile(evidencePath(dataDir, fileId));
  // Its slot or lead may have been erased while this ran.
  if (found !== fileHash && (await listKnownFiles(db)).has(fileId)) {
    throw new BrokenFileError(
      `evidence/${fileId}.age ${found === null ? 'is missing' : 'was changed'}`,
    );
  }
}

async function hashFile(path: string): Promise<string | null> {
  const digest = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) digest.update(chunk);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  return digest.digest('hex');
}
