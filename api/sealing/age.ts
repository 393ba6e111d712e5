import { Decrypter } from 'age-encryption';
import {
  SealError,
  decryptBytes,
  decryptPieces,
  encryptBytes,
  encryptPieces,
  findHeaderEnd,
  readHeader,
} from './age-file.ts';
import { makeKeyPair, nativeRecipient, recipientOf } from './x25519.ts';
import type { KeyPair } from './x25519.ts';

export { SealError } from './age-file.ts';
export { identityFromBytes } from './x25519.ts';
export type { KeyPair } from './x25519.ts';

export async function generateKeyPair(): Promise<KeyPair> {
  return makeKeyPair();
}

export async function pairOf(identity: string): Promise<KeyPair> {
  return { identity, recipient: recipientOf(identity) };
}

/** A standard age file that any one of the recipients opens. Its first line names the suite. */
export async function seal(recipients: string[], content: Uint8Array | string): Promise<Buffer> {
  if (recipients.length === 0) throw new Error('nobody to seal to');
  return encryptBytes(
    recipients.map(nativeRecipient),
    typeof content === 'string' ? Buffer.from(content) : content,
  );
}

/** Whether the text is a recipient (age1…) that can be sealed to. */
export function isRecipient(text: string): boolean {
  try {
    nativeRecipient(text);
    return true;
  } catch {
    return false;
  }
}

/** As `seal`, for what is handed on while it is made. */
export function sealPieces(
  recipient: string,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  return encryptPieces([nativeRecipient(recipient)], content);
}

/** Throws SealError where the identity is not a recipient or the bytes were changed. */
export async function openSealed(identity: string, sealed: Uint8Array): Promise<Buffer> {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const end = findHeaderEnd(bytes);
  if (end === null) throw new SealError();
  const fileKey = await openHeader(identity, bytes.subarray(0, end));
  return decryptBytes(fileKey, bytes.subarray(end));
}

/** The key of a file's chunks; the header is the package's to check. */
async function openHeader(identity: string, header: Uint8Array): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return await decrypter.decryptHeader(header);
  } catch {
    throw new SealError();
  }
}

export async function sealJson(recipients: string[], value: unknown): Promise<Buffer> {
  return seal(recipients, JSON.stringify(value));
}

/** As `sealJson`, with blanks up to a multiple of so many bytes: a length would tell what is in it. */
export async function sealPaddedJson(
  recipients: string[],
  value: unknown,
  multiple: number,
): Promise<Buffer> {
  const json = Buffer.from(JSON.stringify(value));
  const missing = (multiple - (json.length % multiple)) % multiple;
  return seal(recipients, Buffer.concat([json, Buffer.alloc(missing, ' ')]));
}

/** The caller parses what comes back with the schema it was written from. */
export async function openJson(identity: string, sealed: Uint8Array): Promise<unknown> {
  return JSON.parse((await openSealed(identity, sealed)).toString('utf8'));
}

/** The clear text of a sealed stream; it fails with SealError before its end where the bytes were changed. */
export async function openPieces(
  identity: string,
  sealed: AsyncIterable<Uint8Array>,
): Promise<AsyncGenerator<Buffer>> {
  const pieces = sealed[Symbol.asyncIterator]();
  const { header, rest } = await readHeader(pieces);
  const fileKey = await openHeader(identity, header);
  return decryptPieces(fileKey, restOf(rest, pieces));
}

async function* restOf(rest: Uint8Array, pieces: AsyncIterator<Uint8Array>) {
  try {
    yield rest;
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
  } finally {
    await pieces.return?.();
  }
}
