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
export async function sealAccount(
  secrets: Secrets,
  { personId, login, password, totpSecret }: AccountCredentials & { personId: string },
): Promise<Account> {
  const kdf = newKdf();
  const own = await generateKeyPair();
  const lock = await pairOf(await identityFromPassphrase(password, kdf));
  return {
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
    disabledOn: null,
  };
}

/** A new account with a passphrase and a second factor drawn for it. */
export async function prepareAccount(
  secrets: Secrets,
  personId: string,
  login: string,
): Promise<{ account: Account; credentials: AccountCredentials }> {
  const drawn = { login, password: newPassphrase(), totpSecret: newTotpSecret() };
  const account = await sealAccount(secrets, { ...drawn, personId });
  return { account, credentials: { ...drawn, login: account.login } };
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
