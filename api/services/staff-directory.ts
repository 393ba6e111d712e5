import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBodies, listBodiesOn } from '#db/queries/bodies.ts';
import { listOpenInvitations } from '#db/queries/invitations.ts';
import { listPostsOfAll, listStaffOf } from '#db/queries/people.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { MOST_WRONG_CODES } from '#rules/invitation.ts';
import { ROLES, mayHoldAt, roleOf } from '#rules/roles.ts';
import type { RoleCode } from '#rules/roles.ts';
import type { BodyKind } from '#rules/vocabulary.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { postsWith, scopeOf } from './list-access.ts';
import { isOpenPost, mayChangeAccount } from './staff-reach.ts';

/** Everybody with a post in the administrator's reach, ended ones too, in the order of bodies. */
export async function listStaff(context: Context, actor: Actor) {
  const { db } = context;
  if (postsWith(actor, ['accounts.manage']).length === 0) throw new CodedError('not-allowed');
  const now = context.now();
  const today = civilDateOf(now);
  const scope = scopeOf(actor, 'accounts.manage');
  const bodies = (await listBodiesOn(db, today))
    .filter((body) => scope.has(body.code))
    .map(({ code, name, kind }) => ({ code, name, kind, roles: rolesAt(kind) }))
    .filter((body) => body.roles.length > 0);
  const names = new Map((await listBodies(db)).map((body) => [body.code, body.name]));
  const rows = await listStaffOf(db, [...scope]);
  const people = Map.groupBy(rows, (row) => row.personId);
  const links = await listOpenInvitations(db, [...people.keys()], now);
  const posts = Map.groupBy(await listPostsOfAll(db, [...people.keys()]), (post) => post.personId);
  const items = [...people].flatMap(([id, rows]) => {
    const [first] = rows;
    if (!first) return [];
    const link = links.find((each) => each.personId === id && each.failures < MOST_WRONG_CODES);
    return {
      id,
      name: first.name,
      email: first.email,
      login: first.login ?? (link?.login || null),
      state: stateOf(first, link !== undefined),
      invitedUntil: link?.expiresAt ?? null,
      isSelf: id === actor.personId,
      mayChange: mayChangeAccount(actor, id, posts.get(id) ?? [], today),
      posts: rows.map((post) => ({
        id: post.postId,
        bodyCode: post.bodyCode,
        bodyName: names.get(post.bodyCode) ?? post.bodyCode,
        role: post.role,
        roleLabel: roleOf(post.role as RoleCode).label,
        startsOn: post.startsOn,
        endsOn: post.endsOn,
        standing: standingOf(post, today),
        mayEnd: id !== actor.personId && isOpenPost(post, today),
      })),
    };
  });
  return { items, bodies };
}

function rolesAt(kind: BodyKind) {
  return codesOf(ROLES).filter((role) => mayHoldAt(role, kind));
}

function stateOf(row: { accountId: string | null; disabledOn: string | null }, invited: boolean) {
  if (row.accountId === null) return invited ? ('invited' as const) : ('none' as const);
  return row.disabledOn === null ? ('active' as const) : ('disabled' as const);
}

function standingOf(post: { startsOn: string; endsOn: string | null }, today: string) {
  if (!isOpenPost(post, today)) return 'ended' as const;
  return post.startsOn > today ? ('coming' as const) : ('held' as const);
}
