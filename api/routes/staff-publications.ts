import { createRoute, z } from '@hono/zod-openapi';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { HoldRelease } from '#rules/hold-releases.ts';
import { hasCapability } from '#rules/roles.ts';
import { TakeDown } from '#rules/take-down.ts';
import { clearWarnings, listWarnings } from '#services/gate-warnings.ts';
import { releaseHold } from '#services/household-holds.ts';
import { listLatestPublications, readLatestPublication } from '#services/publication-view.ts';
import { startPublishing } from '#services/publish-in-background.ts';
import { takeOffSite } from '#services/take-down.ts';
import { requireActor, requireCapability } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/publications';
const WARNINGS = '/api/staff/gate-warnings';
const params = z.object({ id: z.string().max(60) });
const Reason = TakeDown.pick({ reason: true });

const publicationFacts = {
  id: z.string(),
  scope: z.enum(['approved', 'standing', 'directory', 'due']),
  status: z.enum(['running', 'live', 'refused']),
  /** Epoch ms. */
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  /** Null: the command line or the timer. */
  startedBy: z.string().nullable(),
  pagesChanged: z.number(),
  manifestHash: z.string().nullable(),
  findings: z.array(
    z.strictObject({
      severity: z.enum(['refused', 'warning']),
      words: z.string(),
      /** What to do about it. */
      advice: z.string(),
    }),
  ),
};
const Publication = z.strictObject({
  ...publicationFacts,
  steps: z.array(
    z.strictObject({ step: z.string(), label: z.string(), ms: z.number().nullable() }),
  ),
});
export const LatestPublication = z.strictObject({ publication: Publication.nullable() });
export const PublicationList = z.strictObject({
  items: z.array(z.strictObject(publicationFacts)),
});
export const WarningList = z.strictObject({
  items: z.array(
    z.strictObject({
      /** Warnings about the same words. */
      ids: z.array(z.string()),
      places: z.array(z.strictObject({ where: z.string(), row: z.number().nullable() })),
      foundOn: z.string(),
      /** False for who started the publication. */
      mayClear: z.boolean(),
    }),
  ),
});
const WarningIds = z.strictObject({ ids: z.array(z.string().max(100)).min(1).max(1000) });

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
const list = createRoute({
  method: 'get',
  path: PATH,
  responses: { 200: jsonResponse('The last publications, the newest first', PublicationList) },
});
const warnings = createRoute({
  method: 'get',
  path: WARNINGS,
  responses: { 200: jsonResponse('What a second person has to look at', WarningList) },
});
const clear = createRoute({
  method: 'post',
  path: `${WARNINGS}/clear`,
  request: jsonBody(WarningIds),
  responses: {
    204: { description: 'Ordinary words; the warning does not come back for them' },
    403: errorResponse('Not a publisher, or who started the publication'),
    404: errorResponse('Not there'),
  },
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
  for (const path of [
    WARNINGS,
    `${WARNINGS}/*`,
    PATH,
    `${PATH}/*`,
    '/api/staff/rows/*',
    '/api/staff/batches/:id/withdraw',
  ]) {
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
  router.openapi(list, async (c) => {
    if (!mayFollow(c.var.actor)) throw new CodedError('not-allowed');
    return c.json({ items: await listLatestPublications(context) }, 200);
  });
  router.openapi(warnings, async (c) => {
    if (!mayFollow(c.var.actor)) throw new CodedError('not-allowed');
    return c.json({ items: await listWarnings(context, c.var.actor) }, 200);
  });
  router.openapi(clear, async (c) => {
    requireCapability(c.var.actor, 'publication.run');
    await clearWarnings(context, c.var.actor, c.req.valid('json').ids);
    return c.body(null, 204);
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
