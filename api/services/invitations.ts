import { createHash, randomBytes } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { deleteSignInPace, findAccountByLogin } from '#db/queries/accounts.ts';
import {
  countWrongCode,
  deleteInvitationsOf,
  findInvitedLogin,
  insertInvitation,
  readInvitation,
} from '#db/queries/invitations.ts';
import type { Invitation } from '#db/queries/invitations.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import {
  CODE_LENGTH,
  CODE_SYMBOLS,
  INVITATION_MS,
  LOGIN_PATTERN,
  isOpenInvitation,
  readInvitationCode,
} from '#rules/invitation.ts';
import type { Secrets } from '#sealing/secrets.ts';
import { normaliseLogin } from './accounts.ts';
import { appendAudit } from './audit.ts';
import { claimPace } from './sign-in.ts';
import { findStaffMember, isOpenPost, requireAccountReach } from './staff-reach.ts';

/** What the administrator passes on: the link one way, the code another. Shown once. */
export type NewInvitation = { token: string; code: string; expiresAt: number };

/**
 * A link for somebody in reach: to a first account where they have none, else to a new passphrase and second
 * factor. It replaces an earlier one; nothing of the account changes before it is used.
 */
export async function invite(
  context: Context,
  actor: Actor,
  input: { personId: string; login: string },
): Promise<NewInvitation> {
  const { db, secrets } = context;
  const now = context.now();
  const member = await findStaffMember(context, actor, input.personId);
  requireAccountReach(context, actor, member);
  const { person, posts, account } = member;
  if (!posts.some((post) => isOpenPost(post, civilDateOf(now)))) {
    throw new CodedError('not-now', {}, '此人现在没有岗位，先安排岗位再邀请。');
  }
  const login = account ? '' : normaliseLogin(input.login);
  if (!account) await requireFreeLogin(context, login, person.id);
  const { row, shown } = drawInvitation(secrets, now);
  await db.transaction(async (tx) => {
    await deleteInvitationsOf(tx, person.id);
    await insertInvitation(tx, {
      ...row,
      kind: account ? 'reset' : 'join',
      personId: person.id,
      login,
      createdBy: actor.personId,
    });
    await appendAudit(tx, secrets, now, {
      action: account ? 'account.offer-reset' : 'account.invite',
      subjectKind: 'person',
      subjectId: person.id,
      personId: actor.personId,
      fields: { id: row.id, login },
    });
  });
  return shown;
}

/** A link nobody has used, as it is kept and as it is shown once. */
export function drawInvitation(secrets: Secrets, now: number) {
  const token = randomBytes(32).toString('base64url');
  const code = newCode();
  const id = idOf(token);
  const expiresAt = now + INVITATION_MS;
  const shown: NewInvitation = { token, code, expiresAt };
  const codeHash = hashCode(secrets, id, code);
  return { row: { id, codeHash, expiresAt, failures: 0, usedOn: null }, shown };
}

/** Takes back a link that was not used. */
export async function withdrawInvitation(
  context: Context,
  actor: Actor,
  personId: string,
): Promise<void> {
  const member = await findStaffMember(context, actor, personId);
  requireAccountReach(context, actor, member);
  await context.db.transaction(async (tx) => {
    await deleteInvitationsOf(tx, personId);
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'account.withdraw-invitation',
      subjectKind: 'person',
      subjectId: personId,
      personId: actor.personId,
    });
  });
}

/**
 * The invitation of a link with its code. Wrong codes are counted and slowed down; after five the link is of no
 * use. Throws `invitation-refused` whatever was wrong, `sign-in-paced`.
 */
export async function openInvitation(
  context: Context,
  input: { token: string; code: string },
): Promise<Invitation> {
  const { db, secrets } = context;
  const now = context.now();
  const id = idOf(input.token);
  const found = await readInvitation(db, id);
  if (!found || !isOpenInvitation(found, now)) throw new CodedError('invitation-refused');
  const holder = `invitation:${id}`;
  await claimPace(context, now, holder, null);
  const code = readInvitationCode(input.code);
  if (hashCode(secrets, id, code) === found.codeHash) {
    await db.transaction((tx) => deleteSignInPace(tx, holder));
    return found;
  }
  const counted = await db.transaction(async (tx) => {
    const counts = await countWrongCode(tx, id, found.failures);
    await appendAudit(tx, secrets, now, {
      action: 'account.wrong-code',
      subjectKind: 'person',
      subjectId: found.personId,
    });
    return counts;
  });
  if (!counted) throw new CodedError('state-changed');
  throw new CodedError('invitation-refused');
}

async function requireFreeLogin({ db, now }: Context, login: string, personId: string) {
  if (!LOGIN_PATTERN.test(login)) {
    throw new CodedError('invalid-input', { login: '账号用2到40个小写字母、数字、“.”或“-”' });
  }
  const invited = await findInvitedLogin(db, login, now());
  if ((await findAccountByLogin(db, login)) || (invited && invited.personId !== personId)) {
    throw new CodedError('invalid-input', { login: '这个账号已有人使用，换一个' });
  }
}

function idOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

// Keyed: a stolen database does not tell the code by trying them all.
function hashCode(secrets: Secrets, id: string, code: string): string {
  return secrets.mac('sign-in', 'invitation', id, code).mac;
}

function newCode(): string {
  let code = '';
  while (code.length < CODE_LENGTH) {
    // Five bits; the one value beyond the alphabet is drawn again.
    code += CODE_SYMBOLS[(randomBytes(1)[0] ?? 0) & 31] ?? '';
  }
  return code;
}
