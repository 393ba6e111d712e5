import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { RecipientKey } from './x25519.ts';

/**
 * The framing of an age file (https://age-encryption.org/v1) around the machine's own ciphers: the package
 * enciphers in JavaScript, in the thread that answers requests. Header: version, one stanza for each
 * recipient, MAC; then a nonce; then chunks (STREAM), each authenticated, the last one marked.
 */

const CIPHER = 'chacha20-poly1305';
const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const NONCE_BYTES = 16;
/** Longer than a header with a stanza for every member of the largest body. */
const MOST_HEADER_BYTES = 256 * 1024;
const HEADER_END = '\n--- ';

/** A sealed blob that this identity does not open, or that was changed. */
export class SealError extends Error {
  override name = 'SealError';
  constructor() {
    super('sealed content does not open with this key');
  }
}

/** A new file: what stands before its payload, and the key of its chunks. */
function startFile(recipients: readonly RecipientKey[]): { head: Buffer; key: Buffer } {
  const fileKey = randomBytes(16);
  const stanzas = recipients.map((recipient) => {
    const { share, body } = recipient.wrap(fileKey);
    return `-> X25519 ${toText(share)}\n${toText(body)}\n`;
  });
  const unsigned = `age-encryption.org/v1\n${stanzas.join('')}---`;
  const macKey = deriveKey(fileKey, Buffer.alloc(0), 'header');
  const mac = createHmac('sha256', macKey).update(unsigned).digest();
  const nonce = randomBytes(NONCE_BYTES);
  const head = Buffer.concat([Buffer.from(`${unsigned} ${toText(mac)}\n`), nonce]);
  return { head, key: deriveKey(fileKey, nonce, 'payload') };
}

/** A whole file that any one of the recipients opens. */
export function encryptBytes(recipients: readonly RecipientKey[], content: Uint8Array): Buffer {
  const { head, key } = startFile(recipients);
  const parts = [head];
  let at = 0;
  for (let rest = content; ; rest = rest.subarray(CHUNK_BYTES)) {
    const isLast = rest.length <= CHUNK_BYTES;
    parts.push(...encryptChunk(key, at, isLast, rest.subarray(0, CHUNK_BYTES)));
    if (isLast) return Buffer.concat(parts);
    at += 1;
  }
}

/** The same, made as the content arrives; about two chunks of it are held. */
export async function* encryptPieces(
  recipients: readonly RecipientKey[],
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const { head, key } = startFile(recipients);
  yield head;
  let at = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of cut(content, CHUNK_BYTES)) {
    if (rest.length > 0) yield* encryptChunk(key, at++, false, rest);
    rest = chunk;
  }
  yield* encryptChunk(key, at, true, rest);
}

/** Where the payload's nonce begins; null where this is not the whole header of an age file. */
export function findHeaderEnd(start: Buffer): number | null {
  const mac = start.indexOf(HEADER_END);
  const end = mac < 0 ? -1 : start.indexOf('\n', mac + HEADER_END.length);
  return end < 0 ? null : end + 1;
}

/** The clear text of what follows the header. Throws SealError where it was changed or cut short. */
export function decryptBytes(fileKey: Uint8Array, rest: Buffer): Buffer {
  const nonce = rest.subarray(0, NONCE_BYTES);
  if (nonce.length < NONCE_BYTES) throw new SealError();
  const key = deriveKey(fileKey, nonce, 'payload');
  const parts: Buffer[] = [];
  let sealed = rest.subarray(NONCE_BYTES);
  for (let at = 0; ; at += 1) {
    const chunk = sealed.subarray(0, CHUNK_BYTES + TAG_BYTES);
    sealed = sealed.subarray(chunk.length);
    parts.push(decryptChunk(key, at, sealed.length === 0, chunk));
    if (sealed.length === 0) return Buffer.concat(parts);
  }
}

/** Takes the header off a stream: it and what has come of the rest. */
export async function readHeader(sealed: AsyncIterator<Uint8Array>) {
  let start: Buffer = Buffer.alloc(0);
  for (;;) {
    const end = findHeaderEnd(start);
    if (end !== null) return { header: start.subarray(0, end), rest: start.subarray(end) };
    const { done, value } = await sealed.next();
    if (done || start.length > MOST_HEADER_BYTES) throw new SealError();
    start = Buffer.concat([start, value]);
  }
}

/** As `decryptBytes`, as it arrives; it throws before its end where the bytes were changed or cut short. */
export async function* decryptPieces(
  fileKey: Uint8Array,
  sealed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  let key: Buffer | null = null;
  let waiting: Buffer | null = null;
  let at = 0;
  for await (const piece of cut(sealed, CHUNK_BYTES + TAG_BYTES, NONCE_BYTES)) {
    if (!key) {
      if (piece.length < NONCE_BYTES) break;
      key = deriveKey(fileKey, piece, 'payload');
      continue;
    }
    if (waiting) yield decryptChunk(key, at++, false, waiting);
    waiting = piece;
  }
  if (!key || !waiting) throw new SealError();
  yield decryptChunk(key, at, true, waiting);
}

/**
 * Pieces of just that size, save the last; the first may have another. Each is good until the one after the next
 * is asked for: memory that is not taken anew need not be cleared away while complaints wait.
 */
async function* cut(content: AsyncIterable<Uint8Array>, bytes: number, first = bytes) {
  let filling = Buffer.allocUnsafeSlow(bytes);
  let spare = Buffer.allocUnsafeSlow(bytes);
  let size = first;
  let length = 0;
  for await (const piece of content) {
    for (let rest = piece; rest.length > 0;) {
      const taken = rest.subarray(0, size - length);
      filling.set(taken, length);
      length += taken.length;
      rest = rest.subarray(taken.length);
      if (length < size) continue;
      yield filling.subarray(0, size);
      [filling, spare] = [spare, filling];
      [size, length] = [bytes, 0];
    }
  }
  if (length > 0) yield filling.subarray(0, length);
}

function encryptChunk(key: Buffer, at: number, isLast: boolean, chunk: Uint8Array): Buffer[] {
  const cipher = createCipheriv(CIPHER, key, chunkNonce(at, isLast), { authTagLength: TAG_BYTES });
  const sealed = cipher.update(chunk);
  // This cipher keeps nothing back.
  cipher.final();
  return [sealed, cipher.getAuthTag()];
}

function decryptChunk(key: Buffer, at: number, isLast: boolean, chunk: Buffer): Buffer {
  const end = chunk.length - TAG_BYTES;
  // Only an empty file has an empty chunk.
  if (end < 0 || (end === 0 && at > 0)) throw new SealError();
  const nonce = chunkNonce(at, isLast);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(chunk.subarray(end));
  try {
    const clear = decipher.update(chunk.subarray(0, end));
    decipher.final();
    return clear;
  } catch {
    throw new SealError();
  }
}

/** Eleven bytes of counter, then whether it is the last. */
function chunkNonce(at: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(at, 5, 6);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

function deriveKey(fileKey: Uint8Array, salt: Uint8Array, use: 'header' | 'payload'): Buffer {
  return Buffer.from(hkdfSync('sha256', fileKey, salt, use, 32));
}

function toText(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
