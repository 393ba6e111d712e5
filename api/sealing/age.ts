import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { bech32 } from '@scure/base';

/** A sealed blob that this identity does not open, or that was changed. */
export class SealError extends Error {
  override name = 'SealError';
  constructor() {
    super('sealed content does not open with this key');
  }
}

/** An age identity (secret) and its recipient (public). */
export type KeyPair = { identity: string; recipient: string };

export async function generateKeyPair(): Promise<KeyPair> {
  return pairOf(await generateX25519Identity());
}

export async function pairOf(identity: string): Promise<KeyPair> {
  return { identity, recipient: await identityToRecipient(identity) };
}

/** The age identity that 32 secret bytes stand for; the same bytes are always the same identity. */
export function identityFromBytes(bytes: Uint8Array): string {
  return bech32.encodeFromBytes('AGE-SECRET-KEY-', bytes).toUpperCase();
}

/** A standard age file that any one of the recipients opens. Its first line names the suite. */
export async function seal(recipients: string[], content: Uint8Array | string): Promise<Buffer> {
  if (recipients.length === 0) throw new Error('nobody to seal to');
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return Buffer.from(await encrypter.encrypt(content));
}

/** Whether the text is a recipient (age1…) that can be sealed to. */
export function isRecipient(text: string): boolean {
  try {
    new Encrypter().addRecipient(text);
    return text.startsWith('age1');
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
  encrypter.addRecipient(recipient);
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
