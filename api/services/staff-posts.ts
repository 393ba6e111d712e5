import { randomUUID } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { deleteSessionsOf } from '#db/queries/sessions.ts';
import { findAccountOf, updateAccount } from '#db/queries/accounts.ts';
import { readBody } from '#db/queries/bodies.ts';
import { deleteInvitationsNotBy, deleteInvitationsOf } from '#db/queries/invitations.ts';
import {
  endPost,
  insertPerson,
  insertPosts,
  listAllPostsOf,
  updatePerson,
} from '#db/queries/people.ts';
import type { Post } from '#db/queries/people.ts';
import { deleteKnownDevicesOf } from '#db/queries/known-devices.ts';
import type { Tx } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { carriesBodyKey, findPostConflict } from '#rules/post-conflicts.ts';
import { mayHoldAt, roleOf } from '#rules/roles.ts';
import type { RoleCode } from '#rules/roles.ts';
import { appendAudit } from './audit.ts';
import { dropBodyKeys } from './dropped-keys.ts';
import { scopeOf } from './list-access.ts';
import { findStaffMember, isOpenPost, requireAccountReach, requireAnother } from './staff-reach.ts';

export type NewPost = { bodyCode: string; role: RoleCode; startsOn: string; endsOn: string | null };

/** A new person with a first post; the account comes with an invitation. Answers the person's id. */
export async function addPerson(
  context: Context,
  actor: Actor,
  input: { name: string; email: string; post: NewPost },
): Promise<string> {
  const { db, secrets } = context;
  const now = context.now();
  const { name, email, post } = input;
  await requirePost(context, actor, post);
  const id = randomUUID();
  await db.transaction(async (tx) => {
    await insertPerson(tx, { id, name, email, createdOn: civilDateOf(now) });
    await insertPosts(tx, [{ ...post, id: randomUUID(), personId: id }]);
    await appendAudit(tx, secrets, now, {
      action: 'person.add',
      subjectKind: 'person',
      subjectId: id,
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: { name, email, ...post },
    });
  });
  return id;
}

/** Gives somebody another post. Nobody gives themselves one, and some roles exclude each other. */
export async function addPost(
  context: Context,
  actor: Actor,
  personId: string,
  post: NewPost,
): Promise<void> {
  const { db, secrets } = context;
  const { person } = await findStaffMember(context, actor, personId);
  requireAnother(actor, person.id);
  await requirePost(context, actor, post);
  await db.transaction(async (tx) => {
    const held = (await listAllPostsOf(tx, person.id)).map(toTerm);
    const conflict = findPostConflict(held, post);
    if (conflict) throw new CodedError('invalid-input', { role: conflict });
    const id = randomUUID();
    await insertPosts(tx, [{ ...post, id, personId: person.id }]);
    // Whoever made it may have no say over accounts of the body that is joined.
    await deleteInvitationsNotBy(tx, person.id, actor.personId);
    await appendAudit(tx, secrets, context.now(), {
      action: 'post.add',
      subjectKind: 'person',
      subjectId: person.id,
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: { id, ...post },
    });
  });
}

/** Ends a post on a civil date, from today on. With the last that carries it the body's key goes too. */
export async function endPostOf(
  context: Context,
  actor: Actor,
  input: { personId: string; postId: string; endsOn: string },
): Promise<void> {
  const { db, secrets } = context;
  const { postId, endsOn } = input;
  const now = context.now();
  const today = civilDateOf(now);
  const { person, posts } = await findStaffMember(context, actor, input.personId);
  const post = posts.find((each) => each.id === postId);
  if (!post || !scopeOf(actor, 'accounts.manage').has(post.bodyCode)) {
    throw new CodedError('not-found');
  }
  requireAnother(actor, person.id);
  if (endsOn < today) throw new CodedError('invalid-input', { endsOn: '写今天或以后的日期' });
  await db.transaction(async (tx) => {
    if (!(await endPost(tx, postId, endsOn))) throw new CodedError('state-changed');
    if (endsOn <= today) await dropWithoutPost(tx, now, actor, post, today);
    await appendAudit(tx, secrets, now, {
      action: 'post.end',
      subjectKind: 'person',
      subjectId: person.id,
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: { postId, endsOn },
    });
  });
}

async function dropWithoutPost(tx: Tx, now: number, actor: Actor, ended: Post, today: string) {
  const account = await findAccountOf(tx, ended.personId);
  const left = (await listAllPostsOf(tx, ended.personId)).filter(
    (post) =>
      post.bodyCode === ended.bodyCode && isOpenPost(post, today) && carriesBodyKey(post.role),
  );
  if (!account || left.length > 0) return;
  await dropBodyKeys(tx, now, {
    accountId: account.id,
    kind: 'leave',
    personId: actor.personId,
    bodyCode: ended.bodyCode,
  });
}

/** Name and address of somebody in reach. */
export async function editPerson(
  context: Context,
  actor: Actor,
  personId: string,
  change: { name: string; email: string },
): Promise<void> {
  const member = await findStaffMember(context, actor, personId);
  requireAccountReach(context, actor, member);
  await context.db.transaction(async (tx) => {
    await updatePerson(tx, personId, change);
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'person.edit',
      subjectKind: 'person',
      subjectId: personId,
      personId: actor.personId,
      fields: change,
    });
  });
}

/** Ends an account at once: its sessions, its devices, its links and its keys. A reset opens it again. */
export async function disableAccount(
  context: Context,
  actor: Actor,
  personId: string,
): Promise<void> {
  const now = context.now();
  const member = await findStaffMember(context, actor, personId);
  requireAccountReach(context, actor, member);
  const { account } = member;
  if (!account || account.disabledOn) throw new CodedError('state-changed');
  await context.db.transaction(async (tx) => {
    if (!(await updateAccount(tx, account, { disabledOn: civilDateOf(now) }))) {
      throw new CodedError('state-changed');
    }
    await deleteSessionsOf(tx, account.id);
    await deleteKnownDevicesOf(tx, account.id);
    await deleteInvitationsOf(tx, personId);
    const { personId: by } = actor;
    await dropBodyKeys(tx, now, { accountId: account.id, kind: 'leave', personId: by });
    await appendAudit(tx, context.secrets, now, {
      action: 'account.disable',
      subjectKind: 'account',
      subjectId: account.id,
      personId: actor.personId,
    });
  });
}

/** A post that the administrator may give: in reach, at a body that exists and may have it, from today on. */
async function requirePost({ db, now }: Context, actor: Actor, post: NewPost): Promise<void> {
  const body = await readBody(db, post.bodyCode);
  const inReach = scopeOf(actor, 'accounts.manage').has(post.bodyCode);
  if (!body || body.validTo !== null || !inReach) {
    throw new CodedError('invalid-input', { bodyCode: '选择一个现有的单位' });
  }
  if (!mayHoldAt(post.role, body.kind)) {
    throw new CodedError('invalid-input', {
      role: `${body.name}不设${roleOf(post.role).label}，另选岗位`,
    });
  }
  if (post.startsOn < civilDateOf(now())) {
    throw new CodedError('invalid-input', { startsOn: '写今天或以后的日期' });
  }
  if (post.endsOn !== null && post.endsOn <= post.startsOn) {
    throw new CodedError('invalid-input', { endsOn: '结束日期要晚于开始日期' });
  }
}

function toTerm({ role, startsOn, endsOn }: Post) {
  return { role: role as RoleCode, startsOn, endsOn };
}
