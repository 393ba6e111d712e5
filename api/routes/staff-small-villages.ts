import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { changeSmallVillages, readSmallVillages } from '#services/small-villages.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/small-villages';
/** 0: every village shows its households by name. */
export const SmallVillages = z
  .strictObject({ below: z.number({ error: '选择一个户数。' }) })
  .openapi('SmallVillages');

const read = createRoute({
  method: 'get',
  path: PATH,
  responses: {
    200: jsonResponse('Below how many households a list shows counts only', SmallVillages),
    403: errorResponse('Not who manages the settings of the bureau'),
  },
});
const change = createRoute({
  method: 'post',
  path: PATH,
  request: jsonBody(SmallVillages),
  responses: {
    204: { description: 'Set; what is to be hidden leaves the site at once' },
    403: errorResponse('Not who manages the settings of the bureau'),
    409: errorResponse('Set so already'),
    422: errorResponse('Not a number of households that can be set'),
  },
});

/** Whether villages with very few households show them by name. */
export function staffSmallVillageRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  router.openapi(read, async (c) => c.json(await readSmallVillages(context, c.var.actor), 200));
  router.openapi(change, async (c) => {
    await changeSmallVillages(context, c.var.actor, c.req.valid('json').below);
    return c.body(null, 204);
  });
  return router;
}
