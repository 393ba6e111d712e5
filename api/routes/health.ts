import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { canStore } from '#services/disk-space.ts';
import { loadSettings } from '#services/settings.ts';
import { createRouter, errorResponse, jsonResponse } from './router.ts';

const healthz = createRoute({
  method: 'get',
  path: '/healthz',
  responses: {
    200: jsonResponse(
      'The server can accept a complaint',
      z.strictObject({ status: z.literal('ok') }),
    ),
    503: errorResponse('`storage-full`: nothing can be written'),
  },
});

/** 200 once the store answers and the disk takes a complaint more; an operator's monitor asks it. */
export function healthRoutes(context: Context) {
  return createRouter().openapi(healthz, async (c) => {
    await loadSettings(context.db);
    if (!(await canStore(context.config.dataDir))) throw new CodedError('storage-full');
    return c.json({ status: 'ok' as const }, 200);
  });
}
