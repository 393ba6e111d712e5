import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { listLeftBehind, passOnLeads } from '#services/pass-on.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import { BulkAnswer } from './staff-lead-desk.ts';

const PATH = '/api/staff/lead-succession';

export const LeftBehind = z
  .strictObject({
    items: z.array(
      z.strictObject({ bodyName: z.string(), count: z.number(), isMore: z.boolean() }),
    ),
  })
  .openapi('LeadsLeftBehind');

const list = createRoute({
  method: 'get',
  path: PATH,
  summary: '已撤并单位名下的线索',
  responses: {
    200: jsonResponse('Ended bodies with leads the person may pass on', LeftBehind),
    401: errorResponse('Not signed in'),
  },
});

const passOn = createRoute({
  method: 'post',
  path: PATH,
  summary: '把已撤并单位名下的线索转给承接单位，一次最多50件',
  responses: {
    200: jsonResponse('What was passed on, and what not, with the reason', BulkAnswer),
    401: errorResponse('Not signed in'),
  },
});

/** Leads of bodies that were merged into others. */
export function staffSuccessionRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  return router
    .openapi(list, async (c) => {
      return c.json({ items: await listLeftBehind(context, c.var.actor) }, 200);
    })
    .openapi(passOn, async (c) => c.json(await passOnLeads(context, c.var.actor), 200));
}
