import type { Actor, Context } from '#api/context.ts';
import { listBodies, readBody } from '#db/queries/bodies.ts';
import { listKeyHolders } from '#db/queries/body-keys.ts';
import { listPostHolders } from '#db/queries/people.ts';
import type { Reader } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { mayAt } from '#rules/county-matters.ts';
import { carriesBodyKey } from '#rules/post-conflicts.ts';
import { CAPABILITIES, roleOf } from '#rules/roles.ts';
import type { Capability, RoleCode } from '#rules/roles.ts';
import { codesOf } from '#rules/vocabulary.ts';

/** Posts in the words of their body and role. */
export async function describePosts(
  db: Reader,
  posts: readonly { bodyCode: string; role: RoleCode }[],
) {
  const names = new Map((await listBodies(db)).map((body) => [body.code, body.name]));
  return posts.map(({ bodyCode, role }) => ({
    bodyCode,
    bodyName: names.get(bodyCode) ?? bodyCode,
    role,
    roleLabel: roleOf(role).label,
  }));
}

/** What somebody with these posts may do, wherever that is. */
export async function listCapabilities(
  db: Reader,
  posts: readonly { bodyCode: string; role: RoleCode }[],
): Promise<Capability[]> {
  const bodies = await Promise.all(posts.map(({ bodyCode }) => readBody(db, bodyCode)));
  return codesOf(CAPABILITIES).filter((capability) =>
    posts.some(({ role }, index) => {
      const body = bodies[index];
      return body ? mayAt(role, body.kind, capability) : false;
    }),
  );
}

/** Whether a post's holder has the key of its body; `not-needed` where the role opens nothing. */
export type KeyState = 'held' | 'missing' | 'not-needed';

/**
 * Who holds posts and keys at these bodies now, in the order of bodies and roles.
 */
export async function listColleagues(context: Context, actor: Actor, bodyCodes: string[]) {
  const { db } = context;
  const holders = await listPostHolders(db, bodyCodes, civilDateOf(context.now()));
  const keys = new Map<string, string[]>();
  for (const code of new Set(holders.map((holder) => holder.bodyCode))) {
    keys.set(code, await listKeyHolders(db, code));
  }
  const posts = holders.map((holder) => ({ ...holder, role: holder.role as RoleCode }));
  const described = await describePosts(db, posts);
  return posts.map((post, index) => ({
    name: post.name,
    bodyCode: post.bodyCode,
    bodyName: described[index]?.bodyName ?? post.bodyCode,
    role: post.role,
    roleLabel: roleOf(post.role).label,
    since: post.startsOn,
    key: keyState(post.role, post.accountId, keys.get(post.bodyCode) ?? []),
    isSelf: post.personId === actor.personId,
  }));
}

function keyState(role: RoleCode, accountId: string | null, holders: string[]): KeyState {
  if (!carriesBodyKey(role)) return 'not-needed';
  return accountId !== null && holders.includes(accountId) ? 'held' : 'missing';
}
