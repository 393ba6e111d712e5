import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { ALL_CHECKS } from '#rules/disclosure-review.ts';
import { decideBatch } from '#services/batch-review.ts';
import { listBatchSummaries } from '#services/batch-list.ts';
import { readBatchView } from '#services/batch-view.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import { BatchList, BatchQuery, BatchView, Decision, VillageQuery } from './staff-batch-schemas.ts';

const PATH = '/api/staff/batches';
const params = z.object({ id: z.string().max(40) });

const list = createRoute({
  method: 'get',
  path: PATH,
  request: { query: BatchQuery },
  responses: { 200: jsonResponse('Lists within reach, those that wait first', BatchList) },
});
const read = createRoute({
  method: 'get',
  path: `${PATH}/{id}`,
  request: { params, query: VillageQuery },
  responses: {
    200: jsonResponse('A list, and what it changes', BatchView),
    404: errorResponse('Not there, or not within reach'),
  },
});
const decide = createRoute({
  method: 'post',
  path: `${PATH}/{id}/decision`,
  request: { params, ...jsonBody(Decision) },
  responses: {
    204: { description: 'Decided; the sealed spreadsheet is destroyed' },
    403: errorResponse('Not a reviewer, or the person who uploaded it'),
    409: errorResponse(
      'Decided meanwhile, or another list than the one it was compared with stands',
    ),
    422: errorResponse('Not everything is ticked, or households left without a reason'),
  },
});

/** Lists: what a reviewer sees of them, and the decision. */
export function staffBatchRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  router.use(`${PATH}/*`, requireActor(context));

  router.openapi(list, async (c) => {
    const { body, ...filter } = c.req.valid('query');
    const asked = { ...filter, bodyCode: body };
    return c.json(await listBatchSummaries(context, c.var.actor, asked), 200);
  });
  router.openapi(read, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(await readBatchView(context, c.var.actor, id, c.req.valid('query')), 200);
  });
  router.openapi(decide, async (c) => {
    const { disclosureReview, disclosureChecks, ...input } = c.req.valid('json');
    const checks = [
      ...new Set([...(disclosureReview ? ALL_CHECKS : []), ...(disclosureChecks ?? [])]),
    ];
    await decideBatch(context, c.var.actor, c.req.valid('param').id, { ...input, checks });
    return c.body(null, 204);
  });
  return router;
}
