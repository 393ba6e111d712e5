import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { findAccountOf } from '#db/queries/accounts.ts';
import type { Account } from '#db/queries/accounts.ts';
import { listAllPostsOf, readPerson } from '#db/queries/people.ts';
import type { Person, Post } from '#db/queries/people.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { scopeOf } from './list-access.ts';

/** A person as an administrator of accounts finds them. */
export type StaffMember = { person: Person; posts: Post[]; account: Account | null };

/** Whether a post is held on a civil date or will be. */
export function isOpenPost(post: Pick<Post, 'endsOn'>, on: string): boolean {
  return post.endsOn === null || post.endsOn > on;
}

/** Somebody with a post in the administrator's reach; anybody else is the 404 of one who does not exist. */
export async function findStaffMember(
  { db }: Context,
  actor: Actor,
  personId: string,
): Promise<StaffMember> {
  const scope = scopeOf(actor, 'accounts.manage');
  const posts = await listAllPostsOf(db, personId);
  const person = await readPerson(db, personId);
  if (!person || !posts.some((post) => scope.has(post.bodyCode))) throw new CodedError('not-found');
  return { person, posts, account: await findAccountOf(db, personId) };
}

/**
 * Whether the account itself is in the administrator's hands: not their own, and without a post elsewhere, so
 * that nobody resets an account of a body that is not below theirs.
 */
export function mayChangeAccount(
  actor: Actor,
  personId: string,
  posts: readonly Pick<Post, 'bodyCode' | 'endsOn'>[],
  on: string,
): boolean {
  if (personId === actor.personId) return false;
  const scope = scopeOf(actor, 'accounts.manage');
  return posts.filter((post) => isOpenPost(post, on)).every((post) => scope.has(post.bodyCode));
}

/** Throws `own-approval` for one's own account, `not-allowed` for one with a post elsewhere. */
export function requireAccountReach(context: Context, actor: Actor, member: StaffMember): void {
  requireAnother(actor, member.person.id);
  const on = civilDateOf(context.now());
  if (mayChangeAccount(actor, member.person.id, member.posts, on)) return;
  throw new CodedError('not-allowed', {}, '此人在其他单位还有岗位，由那里的安全管理员办理。');
}

/** Nobody arranges their own posts or resets their own account. */
export function requireAnother(actor: Actor, personId: string): void {
  if (personId !== actor.personId) return;
  throw new CodedError('own-approval', {}, '不能办理自己的岗位和账号，请另一位安全管理员办理。');
}
