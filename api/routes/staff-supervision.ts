import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { listSupervised } from '#services/supervisions.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import { SupervisedBody } from './staff-lead-schemas.ts';

const list = createRoute({
  method: 'get',
  path: '/api/staff/supervision',
  request: { query: z.object({ after: z.string().max(60).optional() }) },
  responses: {
    200: jsonResponse('A page of the key cases that the person signed in may see', SupervisedBody),
    401: errorResponse('Not signed in'),
    403: errorResponse('No post that reads leads'),
  },
});

export function staffSupervisionRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use('/api/staff/supervision', requireActor(context));
  return router.openapi(list, async (c) => {
    const { after } = c.req.valid('query');
    return c.json(await listSupervised(context, c.var.actor, after), 200);
  });
}
