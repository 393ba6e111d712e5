import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { VillageList, VillageNotice } from '#rules/public-lists.ts';
import { carryOver, listCarryOvers } from '#services/carry-over.ts';
import { previewVillage } from '#services/list-preview.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import { BatchSummary } from './staff-batch-schemas.ts';

const params = z.object({ id: z.string().max(40) });

export const CarryOvers = z.strictObject({
  items: z.array(z.strictObject({ ...BatchSummary.shape, nextPeriod: z.string() })),
});
const options = createRoute({
  method: 'get',
  path: '/api/staff/carry-overs',
  responses: { 200: jsonResponse('Standing lists whose next month may be the same', CarryOvers) },
});
const carry = createRoute({
  method: 'post',
  path: '/api/staff/batches/{id}/carry-over',
  request: { params },
  responses: {
    201: jsonResponse('Waiting for review', z.strictObject({ id: z.string() })),
    403: errorResponse('Not a publisher of this body, or without its key'),
    409: errorResponse('The month is reported already, or has not come'),
  },
});

export const ListPreview = z.strictObject({
  place: z.string(),
  town: z.string(),
  list: VillageList.nullable(),
  notice: VillageNotice.nullable(),
});
const preview = createRoute({
  method: 'get',
  path: '/api/staff/batches/{id}/preview',
  request: { params, query: z.object({ place: z.string().max(40) }) },
  responses: {
    200: jsonResponse('What the page of a village would show', ListPreview),
    404: errorResponse('Not there, or not within reach'),
  },
});

/** A month reported as the one before, and pages as they would be. */
export function staffCarryOverRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use('/api/staff/carry-overs', requireActor(context));
  router.use('/api/staff/batches/:id/carry-over', requireActor(context));
  router.use('/api/staff/batches/:id/preview', requireActor(context));

  router.openapi(options, async (c) =>
    c.json({ items: await listCarryOvers(context, c.var.actor) }, 200),
  );
  router.openapi(carry, async (c) =>
    c.json(await carryOver(context, c.var.actor, c.req.valid('param').id), 201),
  );
  router.openapi(preview, async (c) => {
    const { id } = c.req.valid('param');
    const { place } = c.req.valid('query');
    return c.json(await previewVillage(context, c.var.actor, id, place), 200);
  });
  return router;
}
