import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { keepForm, openKeptForm } from '#services/kept-forms.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const path = z.string().max(200);
const fields = z.array(z.tuple([z.string().max(200), z.string().max(20_000)])).max(300);

const keep = createRoute({
  method: 'post',
  path: '/api/staff/kept-forms',
  request: jsonBody(z.strictObject({ writer: z.string().max(100), path, fields })),
  responses: {
    200: jsonResponse(
      'What was typed, sealed to this server',
      z.strictObject({ kept: z.string() }),
    ),
    422: errorResponse('Too much'),
  },
});

const open = createRoute({
  method: 'post',
  path: '/api/staff/kept-forms/open',
  request: jsonBody(z.strictObject({ kept: z.string().max(400_000), path })),
  responses: {
    200: jsonResponse('What this person typed on that page', z.strictObject({ fields })),
    401: errorResponse('Not signed in'),
    404: errorResponse('Too old, or of another person or page'),
  },
});

/** What was typed in a form of staff when the session ended. Nothing of it is stored. */
export function staffKeptFormRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use('/api/staff/kept-forms/open', requireActor(context));
  return router
    .openapi(keep, async (c) => c.json({ kept: await keepForm(context, c.req.valid('json')) }, 200))
    .openapi(open, async (c) => {
      const found = await openKeptForm(context, c.var.actor, c.req.valid('json'));
      return c.json({ fields: found }, 200);
    });
}
