import { createRoute } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { listSupervised } from '#services/supervisions.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import { SupervisedBody } from './staff-lead-schemas.ts';

const list = createRoute({
  method: 'get',
  path: '/api/staff/supervision',
  responses: {
    200: jsonResponse('The key cases that the person signed in may see', SupervisedBody),
    401: errorResponse('Not signed in'),
    403: errorResponse('No post that reads leads'),
  },
});

export function staffSupervisionRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use('/api/staff/supervision', requireActor(context));
  return router.openapi(list, async (c) => c.json(await listSupervised(context, c.var.actor), 200));
}
