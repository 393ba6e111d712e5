import { createMiddleware } from 'hono/factory';
import type { Actor, ActorPost, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { hasCapability } from '#rules/roles.ts';
import type { Capability } from '#rules/roles.ts';
import { readSession } from '#services/sessions.ts';
import type { StaffEnv } from './router.ts';

/** Sets `c.var.actor`, or refuses with `not-signed-in`. */
export function requireActor(context: Context) {
  return createMiddleware<StaffEnv>(async function requireSession(c, next) {
    const actor = await readSession(context, c.req.header('cookie'));
    if (!actor) throw new CodedError('not-signed-in');
    c.set('actor', actor);
    await next();
  });
}

/** The posts that give the actor a capability (never empty); throws `not-allowed` where none does. */
export function requireCapability(actor: Actor, capability: Capability): ActorPost[] {
  const posts = actor.posts.filter((post) => hasCapability([post.role], capability));
  if (posts.length === 0) throw new CodedError('not-allowed');
  return posts;
}
