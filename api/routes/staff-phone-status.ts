import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { readPhoneStatus } from '#services/phone-status.ts';
import { PublicStatus } from './follow-up.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const reference = z
  .string('填写编号')
  .max(40, '编号有误，核对后再输入一次')
  .transform((text) => text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase())
  .refine((text) => text !== '', '填写编号');

const postStatus = createRoute({
  method: 'post',
  path: '/api/staff/phone-status',
  summary: '来电人报编号，查能告知的进度',
  request: jsonBody(z.strictObject({ reference })),
  responses: {
    200: jsonResponse('What every caller may be told, and nothing else', PublicStatus),
    401: errorResponse('Not signed in'),
    403: errorResponse('Another role answers the telephone'),
    404: errorResponse('There is no such lead, or not for this person'),
    422: errorResponse('No reference was given'),
  },
});

export function staffPhoneStatusRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use('/api/staff/phone-status', requireActor(context));
  return router.openapi(postStatus, async (c) => {
    const { reference: asked } = c.req.valid('json');
    return c.json(await readPhoneStatus(context, c.var.actor, asked), 200);
  });
}
