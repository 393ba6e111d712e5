import { z } from 'zod';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import {
  findAccountByLogin,
  findAccountOf,
  insertAccount,
  updateAccount,
} from '#db/queries/accounts.ts';
import type { Account } from '#db/queries/accounts.ts';
import { readInvitation, useInvitation } from '#db/queries/invitations.ts';
import type { Invitation } from '#db/queries/invitations.ts';
import { deleteKnownDevicesOf } from '#db/queries/known-devices.ts';
import { readPerson } from '#db/queries/people.ts';
import { deleteSessionsOf } from '#db/queries/sessions.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { MOST_WRONG_CODES, isOpenInvitation } from '#rules/invitation.ts';
import { findPassphraseProblem } from '#rules/passphrase.ts';
import { newTotpSecret, stepOfTotp, totpAddress } from '#sealing/totp.ts';
import { sealAccount } from './accounts.ts';
import { appendAudit } from './audit.ts';
import { carry, openCarried } from './complaint-drafts.ts';
import { dropBodyKeys } from './dropped-keys.ts';
import { openInvitation } from './invitations.ts';

const Draft = z.strictObject({ invitationId: z.string(), secret: z.string() });

/** What somebody sees who has both link and code: who they are, and the secret for their device. */
export async function beginJoining(context: Context, input: { token: string; code: string }) {
  const invitation = await openInvitation(context, input);
  const { person, login } = await readInvited(context, invitation);
  const secret = newTotpSecret();
  const draft: z.infer<typeof Draft> = { invitationId: invitation.id, secret };
  return {
    kind: invitation.kind,
    name: person.name,
    login,
    secret,
    address: totpAddress(secret, login),
    draft: await carry(context, 'draft', draft),
  };
}

/**
 * A new account, or new credentials for one there is. It holds no body's key afterwards, whatever it held: a
 * member of the body gives it from a session of their own. Throws `draft-expired`, `invitation-refused`.
 */
export async function finishJoining(
  context: Context,
  input: { draft: string; passphrase: string; again: string; totp: string },
): Promise<void> {
  const now = context.now();
  const draft = Draft.safeParse(await openCarried(context, 'draft', input.draft)).data;
  if (!draft) throw new CodedError('draft-expired');
  const invitation = await readInvitation(context.db, draft.invitationId);
  if (!invitation || !isOpenInvitation(invitation, now)) {
    throw new CodedError('invitation-refused');
  }
  const { person, login, account } = await readInvited(context, invitation);
  const step = stepOfTotp(draft.secret, input.totp, now);
  const problem = findPassphraseProblem(input.passphrase, [person.name, login]);
  const fields = {
    ...(problem ? { passphrase: problem } : {}),
    ...(input.again === input.passphrase ? {} : { again: '两次输入的口令不一样' }),
    ...(step === null ? { totp: '动态码不对，输入手机上现在显示的6位数字' } : {}),
  };
  if (Object.keys(fields).length > 0 || step === null) {
    throw new CodedError('invalid-input', fields);
  }
  const fresh = await sealAccount(context.secrets, {
    personId: person.id,
    login,
    password: input.passphrase,
    totpSecret: draft.secret,
  });
  await storeJoined(context, invitation, account, { ...fresh, totpStep: step });
}

async function storeJoined(
  context: Context,
  invitation: Invitation,
  account: Account | null,
  fresh: Account,
): Promise<void> {
  const { db, secrets } = context;
  const now = context.now();
  const { id, personId, createdBy } = invitation;
  await db.transaction(async (tx) => {
    if (!(await useInvitation(tx, id, civilDateOf(now), MOST_WRONG_CODES))) {
      throw new CodedError('invitation-refused');
    }
    if (account) {
      const { id: _id, personId: _personId, ...credentials } = fresh;
      if (!(await updateAccount(tx, account, credentials))) throw new CodedError('state-changed');
      await deleteSessionsOf(tx, account.id);
      await deleteKnownDevicesOf(tx, account.id);
      await dropBodyKeys(tx, now, {
        accountId: account.id,
        kind: 'drop',
        personId: createdBy || null,
      });
    } else {
      if (await findAccountByLogin(tx, fresh.login)) throw new CodedError('state-changed');
      await insertAccount(tx, fresh);
    }
    await appendAudit(tx, secrets, now, {
      action: account ? 'account.reset' : 'account.join',
      subjectKind: 'account',
      subjectId: account?.id ?? fresh.id,
      personId,
    });
  });
}

async function readInvited({ db }: Context, { personId, kind, login }: Invitation) {
  const person = await readPerson(db, personId);
  const account = await findAccountOf(db, personId);
  const fits = kind === 'reset' ? account !== null : account === null;
  if (!person || !fits) throw new CodedError('invitation-refused');
  return { person, account, login: account?.login ?? login };
}
