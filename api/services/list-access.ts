import type { Actor, ActorPost, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readBody } from '#db/queries/bodies.ts';
import { readBatch } from '#db/queries/batches.ts';
import type { Batch } from '#db/queries/batches.ts';
import type { Reader } from '#db/store.ts';
import { mayAt } from '#rules/county-matters.ts';
import type { CountyMatter } from '#rules/county-matters.ts';
import { roleOf } from '#rules/roles.ts';
import type { Capability } from '#rules/roles.ts';

const LIST_WORK: readonly Capability[] = ['import.upload', 'import.review', 'takedown'];

/** Bodies at which the actor may do this, with what lies below them. */
export function scopeOf(actor: Actor, capability: Capability): Set<string> {
  return new Set(postsWith(actor, [capability]).flatMap((post) => post.scope));
}

/** The post from which the actor does this at the body itself. Throws `not-allowed`. */
export function requirePostAt(
  actor: Actor,
  capability: Capability,
  bodyCode: string | undefined,
): ActorPost {
  const posts = postsWith(actor, [capability]);
  const post = bodyCode ? posts.find((each) => each.bodyCode === bodyCode) : posts[0];
  if (!post) throw new CodedError('not-allowed');
  return post;
}

/** Bodies whose lists the actor may look at. Throws `not-allowed` where lists are not their work. */
export function listScope(actor: Actor): string[] {
  const posts = postsWith(actor, LIST_WORK);
  if (posts.length === 0) throw new CodedError('not-allowed');
  return [...new Set(posts.flatMap((post) => post.scope))];
}

/** Whether the actor may know of a list: of a body in reach, or given to their own to review. */
function maySeeBatch(actor: Actor, batch: Batch): boolean {
  const posts = postsWith(actor, LIST_WORK);
  return posts.some(
    (post) => post.scope.includes(batch.bodyCode) || post.bodyCode === batch.reviewBodyCode,
  );
}

/** A list the actor may know of; any other is the same 404 as one that does not exist. */
export async function findBatch({ db }: Context, actor: Actor, id: string): Promise<Batch> {
  const batch = await readBatch(db, id);
  if (!batch || !maySeeBatch(actor, batch)) throw new CodedError('not-found');
  return batch;
}

/** The actor's posts with any of these capabilities. */
export function postsWith(actor: Actor, capabilities: readonly Capability[]): ActorPost[] {
  return actor.posts.filter((post) =>
    roleOf(post.role).capabilities.some((each) => capabilities.includes(each)),
  );
}

/** The post from which the actor sets what holds for the whole county. Throws `not-allowed`. */
export async function requireSettingsPost(db: Reader, actor: Actor): Promise<ActorPost> {
  return requireBureauPost(db, actor, 'county.manage');
}

/** The post at the bureau from which the actor does this for the whole county. Throws `not-allowed`. */
export async function requireBureauPost(
  db: Reader,
  actor: Actor,
  capability: CountyMatter,
): Promise<ActorPost> {
  for (const post of postsWith(actor, [capability])) {
    const body = await readBody(db, post.bodyCode);
    if (body && mayAt(post.role, body.kind, capability)) return post;
  }
  throw new CodedError('not-allowed');
}
