import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { readIdNumber } from '#rules/id-number.ts';
import { listProtected } from '#services/changes-view.ts';
import {
  cancelLiftRequest,
  enterByIdNumber,
  liftProtection,
} from '#services/protected-households.ts';
import { requireActor, requireCapability } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import { ProtectInput, ProtectedList } from './staff-change-schemas.ts';

const PATH = '/api/staff/protected-households';
const ROW = '/api/staff/rows/{id}/lift-protection';
const params = z.object({ id: z.string().max(60) });
const HIDDEN = errorResponse('Not there, not within reach, or not protected');

const list = createRoute({
  method: 'get',
  path: PATH,
  responses: {
    200: jsonResponse('Protected households within reach, by place and line', ProtectedList),
    403: errorResponse('Not one who manages protection'),
  },
});
const enter = createRoute({
  method: 'post',
  path: PATH,
  request: jsonBody(ProtectInput),
  responses: {
    204: { description: 'Protected; whether it was before is not told' },
    403: errorResponse('Not one who manages protection'),
  },
});
const lift = createRoute({
  method: 'post',
  path: ROW,
  request: { params },
  responses: {
    200: jsonResponse(
      'Asked by the first person, lifted by the second',
      z.strictObject({ state: z.enum(['requested', 'lifted']) }),
    ),
    403: errorResponse('The same person cannot confirm'),
    404: HIDDEN,
  },
});
const cancel = createRoute({
  method: 'delete',
  path: ROW,
  request: { params },
  responses: { 204: { description: 'The request is taken back' }, 404: HIDDEN },
});

/** The register of households that may never be named. */
export function staffProtectionRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  for (const path of [PATH, '/api/staff/rows/*']) router.use(path, requireActor(context));

  router.openapi(list, async (c) => c.json(await listProtected(context, c.var.actor), 200));
  router.openapi(enter, async (c) => {
    requireCapability(c.var.actor, 'protection.manage');
    const value = c.req.valid('json').idNumber;
    const reading = readIdNumber({ kind: 'text', value });
    if ('idNumber' in reading) await enterByIdNumber(context, c.var.actor, reading.idNumber);
    return c.body(null, 204);
  });
  router.openapi(lift, async (c) => {
    const state = await liftProtection(context, c.var.actor, c.req.valid('param').id);
    return c.json({ state }, 200);
  });
  router.openapi(cancel, async (c) => {
    await cancelLiftRequest(context, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  return router;
}
