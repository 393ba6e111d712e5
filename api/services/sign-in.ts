import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readSignInPace, upsertSignInPace } from '#db/queries/accounts.ts';
import type { Account, TotpSlot } from '#db/queries/accounts.ts';
import { SealError, openSealed } from '#sealing/age.ts';
import { DUMMY_KDF, identityFromPassphrase } from '#sealing/passphrase.ts';
import type { Secrets } from '#sealing/secrets.ts';
import { stepOfTotp } from '#sealing/totp.ts';
import { appendAudit } from './audit.ts';

/** Failures that cost nothing but their own time. */
const FREE_FAILURES = 3;
const LONGEST_DELAY_MS = 60_000;
/** A quiet quarter of an hour, and earlier failures no longer count. */
const FORGET_MS = 15 * 60_000;

/** Sealed to an identity that was never kept: opening it costs what opening a real one costs. */
const NOBODYS = Buffer.from(
  'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSB6TnNhSzVlWEZZL0pFK3k3YjExeldPK1ZMQjA5bHBF' +
    'eVJLZU5ISjNGdUdFCnpjVndJc25OMkJQeWxZMm52M3M4SGxDTGJ4YisxNEh0NVlFL1VBNUx5Q2cKLS0tIEUv' +
    'TVZudnUzdXJLdGsyTnp2Mlh1dFl5eGV6UWRza0loZk9tRkFqWGhKK1UKI6fnXlM0WZlzGHjMJg52cPpgA9b/' +
    'MyDOBUr+5QvdY+0lwZutbEunuvwisWKrgaOYCdoMqkupLk96ATj1SMum5k22gcDdl+cusH2kY8/aYoiDSbyf' +
    'G2xh4PXXrOOAG9ePYHZ4AF/SC0TBKw==',
  'base64',
);
const NOBODYS_TOTP = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** How long the next attempt waits after so many failures: 1, 2, 4 … seconds, never over a minute. */
export function delayAfter(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(1000 * 2 ** (failures - FREE_FAILURES - 1), LONGEST_DELAY_MS);
}

/**
 * Counts an attempt as failed before it is checked, so that attempts made at the same time are paced
 * too; success takes the count back. Logins that do not exist are paced alike, in buckets of their
 * keyed hash; a device that signed in before has a bucket of its own, so that a stranger's failures do not
 * hold it up. Returns the holder of the count. Throws `sign-in-paced`.
 */
export async function claimAttempt(
  context: Context,
  now: number,
  login: string,
  account: Account | null,
  deviceId: string | null = null,
): Promise<string> {
  const { secrets } = context;
  const unknown = `unknown:${secrets.mac('sign-in', login).mac.slice(0, 4)}`;
  const holder = deviceId ? `device:${deviceId}` : (account?.id ?? unknown);
  await claimPace(context, now, holder, account?.id ?? null);
  return holder;
}

/** Counts an attempt of a holder before it is checked. Throws `sign-in-paced`. */
export async function claimPace(
  { db, secrets }: Context,
  now: number,
  holder: string,
  accountId: string | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    const pace = await readSignInPace(tx, holder);
    if (pace && now < pace.retryAt) {
      const seconds = Math.ceil((pace.retryAt - now) / 1000);
      throw new CodedError('sign-in-paced', {}, `尝试过于频繁，${seconds}秒后再试。`);
    }
    const recent = pace && now - pace.retryAt < FORGET_MS ? pace.failures : 0;
    const failures = recent + 1;
    await upsertSignInPace(tx, { holder, failures, retryAt: now + delayAfter(failures) });
    if (!accountId) return;
    await appendAudit(tx, secrets, now, {
      action: 'session.attempt',
      subjectKind: 'account',
      subjectId: accountId,
    });
  });
}

/** Which device's code it was, and its time step. */
type Proven = { slot: TotpSlot; step: number };

/**
 * Checks passphrase and code; the passphrase is right where it opens the person's identity. The same
 * work is done whether or not the account exists, has a second device, and whatever of it is wrong.
 */
export async function checkCredentials(
  secrets: Secrets,
  now: number,
  input: { password: string; totp: string },
  account: Account | null,
): Promise<(Proven & { identity: string }) | null> {
  const lock = await identityFromPassphrase(input.password, account?.kdf ?? DUMMY_KDF);
  const identity = await openOrNull(lock, account?.sealedIdentity ?? NOBODYS);
  const proven = await checkTotp(secrets, now, input.totp, account);
  if (!account || account.disabledOn || !identity || !proven) return null;
  return { identity, ...proven };
}

/** The device a code comes from; null where it is of neither, or was used. */
async function checkTotp(
  secrets: Secrets,
  now: number,
  code: string,
  account: Account | null,
): Promise<Proven | null> {
  const server = secrets.identity('totp');
  const first = await openOrNull(server, account?.sealedTotp ?? NOBODYS);
  const second = await openOrNull(server, account?.sealedSecondTotp ?? NOBODYS);
  const steps = [first, second].map((secret) => stepOfTotp(secret ?? NOBODYS_TOTP, code, now));
  if (first && steps[0]) return { slot: 'first', step: steps[0] };
  if (second && steps[1]) return { slot: 'second', step: steps[1] };
  return null;
}

async function openOrNull(identity: string, sealed: Uint8Array): Promise<string | null> {
  try {
    return (await openSealed(identity, sealed)).toString('utf8');
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}
