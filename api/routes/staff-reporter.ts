import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { decideReporterRequest } from '#services/reporter-access.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/leads/{reference}/reporter/{request}';
const params = z.object({
  reference: z
    .string()
    .max(40)
    .transform((text) => text.toUpperCase()),
  request: z.string().max(60),
});

const decide = createRoute({
  method: 'post',
  path: PATH,
  request: { params, ...jsonBody(z.strictObject({ grant: z.boolean('选择同意或不同意') })) },
  responses: {
    204: { description: 'Decided' },
    401: errorResponse('Not signed in'),
    403: errorResponse('Another role, or another person, has to decide'),
    404: errorResponse('There is no such lead or request, or not for this person'),
    409: errorResponse('Decided already'),
  },
});

/** The second person where one is needed to open who complained. */
export function staffReporterRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use('/api/staff/leads/:reference/reporter/:request', requireActor(context));
  return router.openapi(decide, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('json') };
    await decideReporterRequest(context, c.var.actor, input);
    return c.body(null, 204);
  });
}
