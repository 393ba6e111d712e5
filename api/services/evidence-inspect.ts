import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { CodedError } from '#api/errors.ts';
import { EVIDENCE_LIMITS, EVIDENCE_WORDS } from '#rules/evidence.ts';
import type { EvidenceType } from '#rules/evidence.ts';
import { HEAD_BYTES, TAIL_BYTES, findEvidenceType, findOfficeType } from '#rules/evidence-type.ts';
import { mergePhotoFacts, readPhotoFacts } from '#rules/photo-facts.ts';
import type { PhotoFacts } from '#rules/photo-facts.ts';

/** What a file turned out to be once it has passed. */
export type Inspected = { type: EvidenceType; bytes: number; sha256: string; found: PhotoFacts };

/** EXIF stands within the first 64 KB of a photo; of HEIC and videos a little later. */
const FACT_BYTES = 256 * 1024;

/**
 * Lets a file through while it looks at it: both ends are kept, nothing else. Throws `file-refused` with its
 * reason as soon as there is one.
 */
export function createInspector() {
  const digest = createHash('sha256');
  let head = Buffer.alloc(0);
  /** The last chunks, as many as hold the end that is asked for. */
  const last: Buffer[] = [];
  let held = 0;
  let bytes = 0;
  let told: ReturnType<typeof findEvidenceType> = null;

  async function* inspect(file: Readable & { truncated?: boolean }): AsyncGenerator<Buffer> {
    // Of a refused file the rest has to be read by somebody, or the form never ends.
    const chunks = file.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > EVIDENCE_LIMITS.bytes) throw refuse(EVIDENCE_WORDS.tooLarge);
      digest.update(chunk);
      if (head.length < FACT_BYTES) {
        head = Buffer.concat([head, chunk.subarray(0, FACT_BYTES - head.length)]);
      }
      last.push(chunk);
      held += chunk.length;
      while (held - (last[0]?.length ?? 0) >= TAIL_BYTES) held -= last.shift()?.length ?? 0;
      if (!told && head.length >= HEAD_BYTES) told = tellType(head);
      yield chunk;
    }
    if (file.truncated) throw refuse(EVIDENCE_WORDS.tooLarge);
    if (bytes === 0) throw refuse(EVIDENCE_WORDS.empty);
    told ??= tellType(head);
  }

  /** Throws as `inspect`; call it when all has passed. */
  function conclude(): Inspected {
    const tail = Buffer.concat(last).subarray(-TAIL_BYTES);
    const type = told === 'zip' ? findOfficeType(head, tail) : told;
    if (!type) throw refuse(EVIDENCE_WORDS.refusedType);
    const found = mergePhotoFacts(readPhotoFacts(head), readPhotoFacts(tail));
    return { type, bytes, sha256: digest.digest('hex'), found };
  }
  return { inspect, conclude };
}

function tellType(head: Buffer) {
  const type = findEvidenceType(head);
  if (!type) throw refuse(EVIDENCE_WORDS.refusedType);
  return type;
}

function refuse(message: string): CodedError {
  return new CodedError('file-refused', { file: message }, message);
}
