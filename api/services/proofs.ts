import { randomInt } from 'node:crypto';
import { createChallenge, verifySolution } from 'altcha-lib';
import type { Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { insertUsedProof } from '#db/queries/complaints.ts';
import type { Tx } from '#db/store.ts';
import { proofLevelAt } from '#rules/intake-load.ts';
import type { Secrets } from '#sealing/secrets.ts';
import { countChallenge } from './intake-load.ts';

/** Proofs of work (ALTCHA v2, PBKDF2/SHA-256 in its deterministic mode), as hard as rules/intake-load says. */
const COST = 5_000;
const LIFETIME_MS = 20 * 60_000;

/** A proof that was checked (`expiresAt` in epoch milliseconds); `nonce` is spent in the transaction of what it paid for. */
export type Proof = { nonce: string; expiresAt: number };

/**
 * The end stands in the signed `data`: the library would hold its own field against the machine's clock. A
 * measurement may ask for an easy one.
 */
export async function createProofChallenge(
  context: Context,
  counter = counterNow(context),
): Promise<Challenge> {
  return createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: COST,
    counter,
    deriveKey,
    data: { expiresAt: context.now() + LIFETIME_MS },
    ...signingSecrets(context.secrets),
  });
}

function counterNow(context: Context): number {
  const { from, to } = proofLevelAt(countChallenge(context)).counter;
  return randomInt(from, to + 1);
}

/** Parameters stay as they were signed, whatever they are. */
const Payload = z.object({
  challenge: z.object({
    parameters: z.looseObject({
      algorithm: z.string(),
      nonce: z.string().regex(/^[0-9a-f]{16,128}$/),
      salt: z.string(),
      cost: z.number(),
      keyLength: z.number(),
      keyPrefix: z.string(),
      keySignature: z.string(),
      data: z.strictObject({ expiresAt: z.number() }),
    }),
    signature: z.string(),
  }),
  solution: z.object({ counter: z.number(), derivedKey: z.string() }),
});

/**
 * Checks what the widget sent (base64 of JSON). Throws `proof-invalid` or `proof-expired`; whether it was
 * used before shows only when it is spent.
 */
export async function verifyProof(context: Context, altcha: string): Promise<Proof> {
  const payload = readPayload(altcha);
  if (!payload) throw new CodedError('proof-invalid');
  const { nonce, data } = payload.challenge.parameters;
  const result = await verifySolution({
    ...payload,
    deriveKey,
    ...signingSecrets(context.secrets),
  });
  if (result.expired) throw new CodedError('proof-expired');
  if (!result.verified) throw new CodedError('proof-invalid');
  if (data.expiresAt < context.now()) throw new CodedError('proof-expired');
  return { nonce, expiresAt: data.expiresAt };
}

/** Throws `proof-used` where it already paid for something; call inside that thing's transaction. */
export async function spendProof(tx: Tx, proof: Proof): Promise<void> {
  if (!(await insertUsedProof(tx, proof))) throw new CodedError('proof-used');
}

function readPayload(altcha: string): z.infer<typeof Payload> | null {
  try {
    const parsed = Payload.safeParse(JSON.parse(Buffer.from(altcha, 'base64').toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function signingSecrets(secrets: Secrets) {
  const secret = (use: string) =>
    secrets.derive('proof', use, 'sunshine-dibao/proof/v1', 32).toString('hex');
  return { hmacSignatureSecret: secret('challenge'), hmacKeySignatureSecret: secret('solution') };
}
