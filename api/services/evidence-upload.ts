import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { insertUpload } from '#db/queries/evidence.ts';
import type { Tx } from '#db/store.ts';
import { EVIDENCE_LIMITS, EVIDENCE_TYPES, EVIDENCE_WORDS, slotEnd } from '#rules/evidence.ts';
import { takenBy } from '#rules/intake-load.ts';
import type { EvidenceType } from '#rules/evidence.ts';
import { cleanLine } from '#rules/text.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { generateKeyPair, sealPaddedJson, sealPieces } from '#sealing/age.ts';
import { UPLOAD_ID_BYTES, deriveUploadKeys } from '#sealing/upload-id.ts';
import { isDiskFull, readFreeSpace } from './disk-space.ts';
import {
  PART,
  arrivingFiles,
  dropFile,
  evidencePath,
  keepFile,
  makeEvidenceFolder,
} from './evidence-files.ts';
import { inTurn } from './upload-turns.ts';
import { createInspector } from './evidence-inspect.ts';
import type { Inspected } from './evidence-inspect.ts';

/** What a file is, with the identity that opens it; always sealed. */
export const FileFacts = z.strictObject({
  identity: z.string(),
  name: z.string(),
  type: z.enum(codesOf(EVIDENCE_TYPES)),
  bytes: z.number().int(),
  sha256: z.string(),
  /** What it tells of itself; shown to the citizen before it is sent. */
  found: z.strictObject({
    position: z.string().nullable(),
    takenAt: z.string().nullable(),
    device: z.string().nullable(),
  }),
});
export type FileFacts = z.infer<typeof FileFacts>;

/** Names of files are a few hundred bytes at most: they do not show in the length. */
export const FACTS_PADDED_TO = 1024;

export type Uploaded = Inspected & { uploadId: string; name: string };

/** Kept free for complaints in words, whatever files come: uploads stop before the disk is full. */
const KEPT_FREE = 64 * 1024 * 1024;
const RESERVE_BYTES = EVIDENCE_LIMITS.bytes + KEPT_FREE;
/** Many arrive at once: each looks again how much is left, so often. */
const LOOK_EVERY = 4 * 1024 * 1024;

/**
 * What an upload costs: `admit` may refuse before anything is read, `arrive` with every few megabytes that lie on
 * the disk, `settle` once all has arrived; `pay` spends it in the transaction that keeps the file; `end` comes last,
 * however it went.
 */
export type UploadRule = {
  admit: () => Promise<void>;
  arrive: (bytes: number) => Promise<void>;
  settle: () => Promise<void>;
  pay: (tx: Tx) => Promise<{ proved: boolean }>;
  end: () => void;
};

/**
 * Takes one file as it arrives: sealed to an identity of its own, never in clear on the disk, and in a table
 * only when it lies there whole. No audit entry: nothing has been said yet, and a slot that no complaint
 * takes leaves nothing. Throws `file-refused`, `storage-full` and what the rule throws.
 */
export async function receiveUpload(
  context: Context,
  file: { name: string; stream: Readable },
  rule: UploadRule,
): Promise<Uploaded> {
  const { config, db, secrets } = context;
  const fileId = randomUUID();
  const known = arrivingFiles(db);
  known.add(fileId);
  try {
    await rule.admit();
    await makeEvidenceFolder(config.dataDir);
    if ((await readFreeSpace(config.dataDir)).bytes < RESERVE_BYTES) {
      throw full();
    }
    const { identity, recipient } = await generateKeyPair();
    const arriving = { fileId, recipient, stream: file.stream };
    const { inspected, fileHash } = await writeSealed(config.dataDir, arriving, rule);
    await rule.settle();
    const uploadId = randomBytes(UPLOAD_ID_BYTES).toString('base64url');
    const keys = await deriveUploadKeys(secrets, uploadId);
    const { type, bytes, sha256, found } = inspected;
    const name = [...cleanLine(file.name)].slice(0, EVIDENCE_LIMITS.name).join('');
    const facts: FileFacts = { identity, name, type, bytes, sha256, found };
    const sealed = await sealPaddedJson([keys.recipient], facts, FACTS_PADDED_TO);
    await keepFile(context, fileId);
    const row = { lookup: keys.lookup, fileId, fileHash, sealed, bytes: takenBy(bytes) };
    const now = context.now();
    await db.transaction(async (tx) => {
      const { proved } = await rule.pay(tx);
      await insertUpload(tx, { ...row, proved: proved ? 1 : 0, expiresAt: slotEnd(now, proved) });
    });
    return { ...inspected, uploadId, name };
  } catch (error) {
    await dropFile(config.dataDir, fileId);
    throw isDiskFull(error) ? full() : error;
  } finally {
    known.delete(fileId);
    rule.end();
    // What is left of a refused file is read and forgotten, so that those after it arrive.
    file.stream.resume();
  }
}

async function writeSealed(
  dataDir: string,
  { fileId, recipient, stream }: { fileId: string; recipient: string; stream: Readable },
  { arrive }: Pick<UploadRule, 'arrive'>,
): Promise<{ inspected: Inspected; fileHash: string }> {
  const { inspect, conclude } = createInspector();
  const digest = createHash('sha256');
  await pipeline(
    inTurn(inspect(stream)),
    (clear: AsyncIterable<Buffer>) => sealPieces(recipient, clear),
    (sealed: AsyncIterable<Buffer>) => whileThereIsRoom(dataDir, sealed, arrive),
    async function* hash(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        digest.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(`${evidencePath(dataDir, fileId)}${PART}`, {
      mode: 0o600,
      flags: 'wx',
    }),
  );
  return { inspected: conclude(), fileHash: digest.digest('hex') };
}

function full(): CodedError {
  return new CodedError('storage-full', {}, EVIDENCE_WORDS.full);
}

async function* whileThereIsRoom(
  dataDir: string,
  pieces: AsyncIterable<Buffer>,
  arrive: UploadRule['arrive'],
) {
  let [written, looked] = [0, 0];
  for await (const piece of pieces) {
    written += piece.length;
    if (written - looked >= LOOK_EVERY) {
      await arrive(written - looked);
      looked = written;
      if ((await readFreeSpace(dataDir)).bytes < KEPT_FREE) throw full();
    }
    yield piece;
  }
}

export function labelOfType(type: EvidenceType): string {
  return EVIDENCE_TYPES[type].label;
}
