import { createRoute, z } from '@hono/zod-openapi';
import type { Actor, Context } from '#api/context.ts';
import { hasCapability } from '#rules/roles.ts';
import { listColleagues } from '#services/people.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const People = z
  .strictObject({
    items: z.array(
      z.strictObject({
        name: z.string(),
        bodyCode: z.string(),
        bodyName: z.string(),
        role: z.string(),
        roleLabel: z.string(),
        since: z.string(),
        key: z.enum(['held', 'missing', 'not-needed']),
        isSelf: z.boolean(),
      }),
    ),
  })
  .openapi('People');

const list = createRoute({
  method: 'get',
  path: '/api/staff/people',
  responses: {
    200: jsonResponse('Who holds posts and keys at my bodies', People),
    401: errorResponse('Not signed in'),
  },
});

/** The people of one's own bodies; for those who manage accounts, of all bodies below too. */
export function staffPeopleRoutes(context: Context) {
  const routes = createRouter<StaffEnv>();
  routes.use('/api/staff/people', requireActor(context));
  return routes.openapi(list, async (c) => {
    const { actor } = c.var;
    const items = await listColleagues(context, actor, reachOf(actor));
    return c.json({ items }, 200);
  });
}

function reachOf(actor: Actor): string[] {
  const reached = actor.posts.flatMap((post) =>
    hasCapability([post.role], 'accounts.manage') ? post.scope : [post.bodyCode],
  );
  return [...new Set(reached)];
}
