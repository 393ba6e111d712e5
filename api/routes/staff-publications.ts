import { createRoute, z } from '@hono/zod-openapi';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { HoldRelease } from '#rules/hold-releases.ts';
import { hasCapability } from '#rules/roles.ts';
import { TakeDown } from '#rules/take-down.ts';
import { releaseHold } from '#services/household-holds.ts';
import { readLatestPublication } from '#services/publication-view.ts';
import { startPublishing } from '#services/publish-in-background.ts';
import { takeOffSite } from '#services/take-down.ts';
import { requireActor, requireCapability } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/publications';
const params = z.object({ id: z.string().max(60) });
const Reason = TakeDown.pick({ reason: true });

const Publication = z.strictObject({
  id: z.string(),
  status: z.enum(['running', 'live', 'refused']),
  /** Epoch ms. */
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  /** Null: the command line or the timer. */
  startedBy: z.string().nullable(),
  pagesChanged: z.number(),
  manifestHash: z.string().nullable(),
  steps: z.array(
    z.strictObject({ step: z.string(), label: z.string(), ms: z.number().nullable() }),
  ),
  findings: z.array(
    z.strictObject({ severity: z.enum(['refused', 'warning']), words: z.string() }),
  ),
});
export const LatestPublication = z.strictObject({ publication: Publication.nullable() });

const start = createRoute({
  method: 'post',
  path: PATH,
  responses: {
    202: jsonResponse('Started; it goes on by itself', z.strictObject({ id: z.string() })),
    403: errorResponse('Not a publisher or reviewer'),
    409: errorResponse('Another publication runs'),
  },
});
const latest = createRoute({
  method: 'get',
  path: `${PATH}/latest`,
  responses: { 200: jsonResponse('The last publication and its steps', LatestPublication) },
});
const TAKEN = {
  202: { description: 'Withheld at once; the site follows within a minute' },
  404: errorResponse('Not there, or not within reach'),
  409: errorResponse('Changed meanwhile'),
};
const takeDownRow = createRoute({
  method: 'post',
  path: '/api/staff/rows/{id}/take-down',
  request: { params, ...jsonBody(Reason) },
  responses: TAKEN,
});
const withdrawList = createRoute({
  method: 'post',
  path: '/api/staff/batches/{id}/withdraw',
  request: { params, ...jsonBody(Reason) },
  responses: TAKEN,
});
const releaseRow = createRoute({
  method: 'post',
  path: '/api/staff/rows/{id}/release-hold',
  request: { params, ...jsonBody(HoldRelease) },
  responses: {
    202: { description: 'Shown again at once; the site follows within a minute' },
    403: errorResponse('The person who uploaded the list'),
    404: errorResponse('Not there, or not within reach'),
    409: errorResponse('Not held back any more'),
  },
});
/** Publishing, and taking down what must not be public. */
export function staffPublicationRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  for (const path of [PATH, `${PATH}/*`, '/api/staff/rows/*', '/api/staff/batches/:id/withdraw']) {
    router.use(path, requireActor(context));
  }

  router.openapi(start, async (c) => {
    const { actor } = c.var;
    requireCapability(actor, 'publication.run');
    return c.json({ id: await startPublishing(context, actor.personId) }, 202);
  });
  router.openapi(latest, async (c) => {
    if (!mayFollow(c.var.actor)) throw new CodedError('not-allowed');
    return c.json({ publication: await readLatestPublication(context) }, 200);
  });
  router.openapi(takeDownRow, async (c) => {
    const { reason } = c.req.valid('json');
    const { id } = c.req.valid('param');
    await takeOffSite(context, c.var.actor, { kind: 'row', id, reason });
    return c.body(null, 202);
  });
  router.openapi(releaseRow, async (c) => {
    await releaseHold(context, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
    return c.body(null, 202);
  });
  router.openapi(withdrawList, async (c) => {
    const { reason } = c.req.valid('json');
    const { id } = c.req.valid('param');
    await takeOffSite(context, c.var.actor, { kind: 'list', id, reason });
    return c.body(null, 202);
  });
  return router;
}

/** Who publishes, or takes down and waits for it to be gone. */
function mayFollow({ posts }: Actor): boolean {
  const roles = posts.map((post) => post.role);
  return hasCapability(roles, 'publication.run') || hasCapability(roles, 'takedown');
}
