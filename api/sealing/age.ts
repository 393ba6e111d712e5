import { Decrypter, Encrypter } from 'age-encryption';
import { makeKeyPair, nativeRecipient, recipientOf } from './x25519.ts';
import type { KeyPair } from './x25519.ts';

export { identityFromBytes } from './x25519.ts';
export type { KeyPair } from './x25519.ts';

/** A sealed blob that this identity does not open, or that was changed. */
export class SealError extends Error {
  override name = 'SealError';
  constructor() {
    super('sealed content does not open with this key');
  }
}

export async function generateKeyPair(): Promise<KeyPair> {
  return makeKeyPair();
}

export async function pairOf(identity: string): Promise<KeyPair> {
  return { identity, recipient: recipientOf(identity) };
}

/** A standard age file that any one of the recipients opens. Its first line names the suite. */
export async function seal(recipients: string[], content: Uint8Array | string): Promise<Buffer> {
  if (recipients.length === 0) throw new Error('nobody to seal to');
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(nativeRecipient(recipient));
  return Buffer.from(await encrypter.encrypt(content));
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
export async function sealStream(
  recipient: string,
  content: ReadableStream<Uint8Array>,
): Promise<ReadableStream<Uint8Array>> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(nativeRecipient(recipient));
  return encrypter.encrypt(content);
}

/** Throws SealError where the identity is not a recipient or the bytes were changed. */
export async function openSealed(identity: string, sealed: Uint8Array): Promise<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return Buffer.from(await decrypter.decrypt(sealed));
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
export async function openStream(
  identity: string,
  sealed: ReadableStream<Uint8Array>,
): Promise<ReadableStream<Uint8Array>> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return await decrypter.decrypt(sealed);
  } catch {
    throw new SealError();
  }
}
