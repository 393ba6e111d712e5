import { Secret, TOTP } from 'otpauth';
import { pairOf, seal } from './age.ts';
import type { Secrets } from './secrets.ts';

/**
 * Time-based one-time passwords as every authenticator app makes them: SHA-1, 6 digits, 30 s (RFC 6238).
 * A code of the step before or after the present one is taken too.
 */
const PERIOD_SECONDS = 30;
const WINDOW = 1;

/** A new second factor: 160 bits in base32, shown to its owner once. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The time step a code belongs to; null where the code is wrong. `now` is epoch milliseconds. */
export function stepOfTotp(secret: string, code: string, now: number): number | null {
  const token = code.normalize('NFKC').replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totpOf(secret).validate({ token, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_SECONDS) + delta;
}

/** The code of an instant, as the owner's app shows it. */
export function totpAt(secret: string, now: number): string {
  return totpOf(secret).generate({ timestamp: now });
}

/** Sealed so that only a server with its secrets can check a code. */
export async function sealTotp(secrets: Secrets, secret: string): Promise<Buffer> {
  const { recipient } = await pairOf(secrets.identity('totp'));
  return seal([recipient], secret);
}

/** What an authenticator app scans. */
export function totpAddress(secret: string, login: string): string {
  const totp = totpOf(secret);
  totp.issuer = '阳光低保';
  totp.label = login;
  return totp.toString();
}

function totpOf(secret: string): TOTP {
  return new TOTP({
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
  });
}
