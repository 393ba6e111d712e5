import { randomBytes, randomUUID } from 'node:crypto';
import type { Account } from '#db/queries/accounts.ts';
import { generateKeyPair, pairOf, seal } from '#sealing/age.ts';
import { identityFromPassphrase, newKdf } from '#sealing/passphrase.ts';
import type { Secrets } from '#sealing/secrets.ts';
import { newTotpSecret, sealTotp } from '#sealing/totp.ts';

/** What its owner is told once and nobody else knows. */
export type AccountCredentials = { login: string; password: string; totpSecret: string };

/** Logins are compared without case, width or surrounding space. */
export function normaliseLogin(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase();
}

/**
 * A new account: the person's own identity, sealed to the identity its passphrase stands for, and the
 * second factor. Password and sealing work: never inside a transaction.
 */
export async function prepareAccount(
  secrets: Secrets,
  personId: string,
  login: string,
): Promise<{ account: Account; credentials: AccountCredentials }> {
  const password = newPassphrase();
  const totpSecret = newTotpSecret();
  const kdf = newKdf();
  const own = await generateKeyPair();
  const lock = await pairOf(await identityFromPassphrase(password, kdf));
  const account = {
    id: randomUUID(),
    personId,
    login: normaliseLogin(login),
    kdf,
    recipient: own.recipient,
    sealedIdentity: await seal([lock.recipient], own.identity),
    sealedTotp: await sealTotp(secrets, totpSecret),
    totpStep: 0,
    sealedSecondTotp: null,
    secondTotpStep: 0,
    renewOn: null,
    disabledOn: null,
  };
  return { account, credentials: { login: account.login, password, totpSecret } };
}

// Lower case without 0 1 i l o: read aloud and typed without mistakes.
const SYMBOLS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of four symbols, 79 random bits. */
function newPassphrase(): string {
  const symbols: string[] = [];
  while (symbols.length < 16) {
    // Five bits; the one value beyond the alphabet is drawn again.
    const symbol = SYMBOLS[(randomBytes(1)[0] ?? 0) & 31];
    if (symbol) symbols.push(symbol);
  }
  return [0, 4, 8, 12].map((at) => symbols.slice(at, at + 4).join('')).join('-');
}
