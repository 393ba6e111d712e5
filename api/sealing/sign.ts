import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Secrets } from './secrets.ts';

/** PKCS #8 around the 32 secret bytes of an Ed25519 key (RFC 8410). */
const PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

const keys = new WeakMap<Secrets, KeyObject>();

/** The portal's key for receipts; the same secret is always the same key. */
function signingKey(secrets: Secrets): KeyObject {
  const known = keys.get(secrets);
  if (known) return known;
  const seed = secrets.derive('receipt', 'sign', 'sunshine-dibao/receipt/v1', 32);
  const der = Buffer.concat([PREFIX, seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  keys.set(secrets, key);
  return key;
}

/** Ed25519: the same text is always the same signature. */
export function signText(secrets: Secrets, text: string): string {
  return sign(null, Buffer.from(text), signingKey(secrets)).toString('base64');
}

/** The public key, as a PEM file that openssl reads. */
export function publicKeyOf(secrets: Secrets): string {
  return createPublicKey(signingKey(secrets)).export({ format: 'pem', type: 'spki' });
}

/** Throws where the PEM is no key. A signature has one spelling: base64 leaves bits that nobody reads. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64');
  return (
    bytes.toString('base64') === signature && verify(null, Buffer.from(text), publicKey, bytes)
  );
}
