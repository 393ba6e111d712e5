import type { Context } from '#api/context.ts';
import { findAccountByLogin } from '#db/queries/accounts.ts';
import { deleteInvitationsOf, insertInvitation } from '#db/queries/invitations.ts';
import { listPostsOf } from '#db/queries/people.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { hasCapability } from '#rules/roles.ts';
import type { RoleCode } from '#rules/roles.ts';
import { normaliseLogin } from './accounts.ts';
import { appendAudit } from './audit.ts';
import { drawInvitation } from './invitations.ts';
import type { NewInvitation } from './invitations.ts';

/** Stands for the operator of the server, who is nobody of the county. */
export const BY_OPERATOR = '';

/**
 * A link to a new passphrase and second factor for somebody who arranges accounts and lost theirs. Everybody
 * else is reset by such a person; and these hold no body's key, so that the link opens nothing sealed. Throws a
 * sentence for the operator.
 */
export async function offerOperatorReset(context: Context, login: string): Promise<NewInvitation> {
  const { db, secrets } = context;
  const now = context.now();
  const account = await findAccountByLogin(db, normaliseLogin(login));
  if (!account || account.disabledOn !== null) throw new Error(`没有账号${login}，或者已停用。`);
  const posts = await listPostsOf(db, account.personId, civilDateOf(now));
  const roles = posts.map((post) => post.role as RoleCode);
  if (!hasCapability(roles, 'accounts.manage')) {
    throw new Error(`${login}不是安全管理员：由安全管理员在“人员和账号”里重设。`);
  }
  const { row, shown } = drawInvitation(secrets, now);
  await db.transaction(async (tx) => {
    await deleteInvitationsOf(tx, account.personId);
    await insertInvitation(tx, {
      ...row,
      kind: 'reset',
      personId: account.personId,
      login: '',
      createdBy: BY_OPERATOR,
    });
    await appendAudit(tx, secrets, now, {
      action: 'account.offer-reset',
      subjectKind: 'person',
      subjectId: account.personId,
      fields: { id: row.id, by: 'operator' },
    });
  });
  return shown;
}
