import { argon2, randomBytes } from 'node:crypto';
import { identityFromBytes } from './age.ts';

/**
 * argon2id from node:crypto, outside the main thread, two at a time (19 MiB each).
 * Stored as `argon2id$<memory KiB>$<passes>$<salt hex>`.
 */
const MEMORY = 19_456;
const PASSES = 2;
const AT_ONCE = 2;

let running = 0;
const waiting: (() => void)[] = [];

export function newKdf(): string {
  return `argon2id$${MEMORY}$${PASSES}$${randomBytes(16).toString('hex')}`;
}

/** Spent on logins that do not exist, so that they take as long as the others. */
export const DUMMY_KDF = `argon2id$${MEMORY}$${PASSES}$${'0'.repeat(32)}`;

/** The age identity a passphrase stands for under stored parameters. */
export async function identityFromPassphrase(passphrase: string, kdf: string): Promise<string> {
  const [name, memory, passes, salt] = kdf.split('$');
  if (name !== 'argon2id' || !memory || !passes || !salt) throw new Error('unknown kdf');
  await takeSlot();
  try {
    return identityFromBytes(
      await hash({
        message: Buffer.from(passphrase.normalize('NFKC')),
        nonce: Buffer.from(salt, 'hex'),
        memory: Number(memory),
        passes: Number(passes),
        parallelism: 1,
        tagLength: 32,
      }),
    );
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function takeSlot() {
  while (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  running += 1;
}

function hash(parameters: Parameters<typeof argon2>[1]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, key) => {
      if (error) reject(error);
      else resolve(Buffer.from(key));
    });
  });
}
