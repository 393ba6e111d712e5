import { z } from 'zod';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { deleteSignInPace, readAccount, updateAccount } from '#db/queries/accounts.ts';
import type { Account } from '#db/queries/accounts.ts';
import { deleteKnownDevicesOf } from '#db/queries/known-devices.ts';
import { deleteSessionsOf, listSessionsOf } from '#db/queries/sessions.ts';
import type { Tx } from '#db/store.ts';
import { findPassphraseProblem } from '#rules/passphrase.ts';
import { SealError, openSealed, pairOf, seal } from '#sealing/age.ts';
import { identityFromPassphrase, newKdf } from '#sealing/passphrase.ts';
import { newTotpSecret, sealTotp, stepOfTotp, totpAddress } from '#sealing/totp.ts';
import { appendAudit } from './audit.ts';
import { carry, openCarried } from './complaint-drafts.ts';
import { ABSOLUTE_MS, IDLE_MS } from './sessions.ts';
import { claimPace } from './sign-in.ts';

/** One's own account: devices for the second factor and sessions that go on. */
export async function readOwnAccount(context: Context, actor: Actor) {
  const account = await readOwn(context, actor);
  const now = context.now();
  const sessions = await listSessionsOf(context.db, account.id);
  return {
    login: account.login,
    secondDevice: account.sealedSecondTotp !== null,
    sessions: sessions
      .filter(({ seenAt, createdAt }) => now - seenAt < IDLE_MS && now - createdAt < ABSOLUTE_MS)
      .map(({ id, createdAt, seenAt, deviceId }) => ({
        since: createdAt,
        seen: seenAt,
        current: id === actor.sessionId,
        sameDevice:
          deviceId !== null &&
          sessions.find((each) => each.id === actor.sessionId)?.deviceId === deviceId,
      })),
  };
}

/** Seals one's identity to a new passphrase; keys stay, other sessions end. */
export async function changePassphrase(
  context: Context,
  actor: Actor,
  input: { current: string; next: string; again: string },
): Promise<void> {
  const account = await readOwn(context, actor);
  const problem = findPassphraseProblem(input.next, [actor.name, account.login]);
  if (problem) throw new CodedError('invalid-input', { next: problem });
  if (input.again !== input.next) {
    throw new CodedError('invalid-input', { again: '两次输入的口令不一样' });
  }
  if (input.next === input.current) {
    throw new CodedError('invalid-input', { next: '新的口令要和现在的不同' });
  }
  await requirePassphrase(context, account, 'current', input.current);
  const kdf = newKdf();
  const lock = await pairOf(await identityFromPassphrase(input.next, kdf));
  const sealedIdentity = await seal([lock.recipient], actor.identity);
  const change = { kdf, sealedIdentity };
  await saveOwn(context, actor, account, 'account.change-passphrase', change, async (tx) => {
    await deleteSessionsOf(tx, account.id, actor.sessionId);
  });
}

const Draft = z.strictObject({ accountId: z.string(), secret: z.string() });

/** A secret for a second device, to be confirmed by a code of it. */
export async function beginSecondDevice(context: Context, actor: Actor) {
  const { login, id, sealedSecondTotp } = await readOwn(context, actor);
  if (sealedSecondTotp) throw new CodedError('state-changed');
  const secret = newTotpSecret();
  const draft: z.infer<typeof Draft> = { accountId: id, secret };
  return {
    secret,
    address: totpAddress(secret, login),
    draft: await carry(context, 'draft', draft),
  };
}

export async function addSecondDevice(
  context: Context,
  actor: Actor,
  input: { draft: string; passphrase: string; totp: string },
): Promise<void> {
  const account = await readOwn(context, actor);
  const draft = Draft.safeParse(await openCarried(context, 'draft', input.draft)).data;
  if (draft?.accountId !== account.id) throw new CodedError('draft-expired');
  const step = stepOfTotp(draft.secret, input.totp, context.now());
  if (step === null) {
    throw new CodedError('invalid-input', { totp: '动态码不对，输入新手机上现在显示的6位数字' });
  }
  await requirePassphrase(context, account, 'passphrase', input.passphrase);
  const sealedSecondTotp = await sealTotp(context.secrets, draft.secret);
  const change = { sealedSecondTotp, secondTotpStep: step };
  await saveOwn(context, actor, account, 'account.add-device', change);
}

/** Takes one of two devices off; the other stays. */
export async function removeDevice(
  context: Context,
  actor: Actor,
  input: { device: 'first' | 'second'; passphrase: string },
): Promise<void> {
  const account = await readOwn(context, actor);
  const { sealedSecondTotp, secondTotpStep } = account;
  if (!sealedSecondTotp) throw new CodedError('state-changed');
  await requirePassphrase(context, account, 'passphrase', input.passphrase);
  const rest = { sealedSecondTotp: null, secondTotpStep: 0 };
  const change =
    input.device === 'second'
      ? rest
      : { ...rest, sealedTotp: sealedSecondTotp, totpStep: secondTotpStep };
  await saveOwn(context, actor, account, 'account.remove-device', change);
}

/** Ends every session of one's own, this one too, and forgets every device. */
export async function signOutEverywhere(context: Context, actor: Actor): Promise<void> {
  const account = await readOwn(context, actor);
  await context.db.transaction(async (tx) => {
    await deleteSessionsOf(tx, account.id);
    await deleteKnownDevicesOf(tx, account.id);
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'session.end-all',
      subjectKind: 'account',
      subjectId: account.id,
      personId: actor.personId,
    });
  });
}

async function readOwn({ db }: Context, actor: Actor): Promise<Account> {
  const account = await readAccount(db, actor.accountId);
  if (!account) throw new CodedError('not-found');
  return account;
}

/** A session that was left open must not be enough. Paced by itself; throws beside `field`. */
async function requirePassphrase(
  context: Context,
  account: Account,
  field: string,
  passphrase: string,
): Promise<void> {
  const holder = `own:${account.id}`;
  await claimPace(context, context.now(), holder, account.id);
  const lock = await identityFromPassphrase(passphrase, account.kdf);
  try {
    await openSealed(lock, account.sealedIdentity);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw new CodedError('invalid-input', { [field]: '口令不对' });
  }
  await context.db.transaction((tx) => deleteSignInPace(tx, holder));
}

async function saveOwn(
  { db, secrets, now }: Context,
  actor: Actor,
  account: Account,
  action: string,
  change: Parameters<typeof updateAccount>[2],
  more: (tx: Tx) => Promise<void> = async () => {},
): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await updateAccount(tx, account, change))) throw new CodedError('state-changed');
    await more(tx);
    await appendAudit(tx, secrets, now(), {
      action,
      subjectKind: 'account',
      subjectId: account.id,
      personId: actor.personId,
    });
  });
}
