import {
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { bech32 } from '@scure/base';

/**
 * age's X25519 keys and recipient (https://age-encryption.org/v1) on the machine's own curve. The package
 * takes four rounds through WebCrypto for each; this is what a complaint cost most.
 */

/** An age identity (secret) and its recipient (public). */
export type KeyPair = { identity: string; recipient: string };

const INFO = 'age-encryption.org/v1/X25519';
/** PKCS #8 in front of the 32 bytes of a private key. */
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');

export function makeKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  const secret = privateKey.export({ format: 'jwk' }).d ?? '';
  return {
    identity: identityFromBytes(Buffer.from(secret, 'base64url')),
    recipient: bech32.encodeFromBytes('age', publicBytesOf(publicKey)),
  };
}

/** The age identity that 32 secret bytes stand for; the same bytes are always the same identity. */
export function identityFromBytes(bytes: Uint8Array): string {
  return bech32.encodeFromBytes('AGE-SECRET-KEY-', bytes).toUpperCase();
}

/** Throws where the text is no X25519 identity. */
export function recipientOf(identity: string): string {
  const key = Buffer.concat([PKCS8, bytesOf(identity, 'AGE-SECRET-KEY-')]);
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  return bech32.encodeFromBytes('age', publicBytesOf(createPublicKey(privateKey)));
}

/** Wraps a file key for whoever has the identity: the two parts of its stanza. */
export type RecipientKey = { wrap: (fileKey: Buffer) => { share: Buffer; body: Buffer } };

/** Throws where the text is no X25519 recipient. */
export function nativeRecipient(recipient: string): RecipientKey {
  const bytes = bytesOf(recipient, 'age');
  const jwk = { kty: 'OKP', crv: 'X25519', x: Buffer.from(bytes).toString('base64url') };
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  return {
    wrap(fileKey) {
      const ephemeral = generateKeyPairSync('x25519');
      const share = publicBytesOf(ephemeral.publicKey);
      const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey });
      const salt = Buffer.concat([share, bytes]);
      const key = Buffer.from(hkdfSync('sha256', shared, salt, INFO, 32));
      // Each key wraps one file key: the format has a nonce of zeros.
      const cipher = createCipheriv('chacha20-poly1305', key, Buffer.alloc(12), {
        authTagLength: 16,
      });
      const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
      return { share, body };
    },
  };
}

function publicBytesOf(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
}

function bytesOf(text: string, prefix: string): Uint8Array {
  const decoded = bech32.decodeToBytes(text);
  if (decoded.prefix.toUpperCase() !== prefix.toUpperCase() || decoded.bytes.length !== 32) {
    throw new Error('no X25519 key of age');
  }
  return decoded.bytes;
}
