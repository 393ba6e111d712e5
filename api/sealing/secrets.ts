import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityFromBytes } from './age.ts';

/** One file per purpose below SECRETS_DIR: `<key id> <64 hex digits>`. */
export const SECRET_PURPOSES = [
  'household-id', // matches a household between months
  'name-hash', // the leak gate's view of full names
  'exclusion', // who must not see a lead
  'sameness', // the same complaint sent twice
  'query-code', // look-up pepper
  'audit-fields',
  'proof', // signs challenges
  'totp', // seals second factors
  'sign-in', // paces logins that do not exist
  'draft', // seals what a form carries between two pages
  'receipt', // signs receipts
] as const;
export type SecretPurpose = (typeof SECRET_PURPOSES)[number];

export type Secrets = Readonly<{
  /** HMAC-SHA-256 (hex) over the parts, which cannot run into each other, and the id of its key. */
  mac(purpose: SecretPurpose, ...parts: string[]): { mac: string; keyId: string };
  /** HKDF-SHA-256 of `input` under the purpose's key as salt. */
  derive(purpose: SecretPurpose, input: string, info: string, length: number): Buffer;
  /** The age identity the purpose's key stands for. */
  identity(purpose: SecretPurpose): string;
}>;

/** Makes the secrets that do not exist yet, readable by this user only. */
export function createSecrets(
  dir: string,
  purposes: readonly SecretPurpose[] = SECRET_PURPOSES,
): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  for (const purpose of purposes) {
    const file = join(dir, `${purpose}.key`);
    if (existsSync(file)) continue;
    const keyId = randomBytes(4).toString('hex');
    writeFileSync(file, `${keyId} ${randomBytes(32).toString('hex')}\n`, {
      mode: 0o600,
      flag: 'wx',
    });
  }
}

/** Throws one sentence naming the missing or damaged file. */
export function loadSecrets(
  dir: string,
  purposes: readonly SecretPurpose[] = SECRET_PURPOSES,
): Secrets {
  const keys = new Map(purposes.map((purpose) => [purpose, readKey(dir, purpose)]));
  function keyFor(purpose: SecretPurpose) {
    const key = keys.get(purpose);
    if (!key) throw new Error(`no secret for ${purpose}`);
    return key;
  }
  return Object.freeze({
    mac(purpose: SecretPurpose, ...parts: string[]) {
      const { keyId, bytes } = keyFor(purpose);
      const mac = createHmac('sha256', bytes).update(JSON.stringify(parts)).digest('hex');
      return { mac, keyId };
    },
    derive(purpose: SecretPurpose, input: string, info: string, length: number) {
      return Buffer.from(hkdfSync('sha256', input, keyFor(purpose).bytes, info, length));
    },
    identity: (purpose: SecretPurpose) => identityFromBytes(keyFor(purpose).bytes),
  });
}

function readKey(dir: string, purpose: SecretPurpose): { keyId: string; bytes: Buffer } {
  const file = join(dir, `${purpose}.key`);
  if (!existsSync(file)) {
    throw new Error(
      `${file} is missing. Put back the secrets of this portal; new ones open nothing old.`,
    );
  }
  const match = /^([0-9a-f]{8}) ([0-9a-f]{64})\n?$/.exec(readFileSync(file, 'utf8'));
  if (!match?.[1] || !match[2]) throw new Error(`${file} is damaged. Put it back from its copy.`);
  return { keyId: match[1], bytes: Buffer.from(match[2], 'hex') };
}
