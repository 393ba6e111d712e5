import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { loadSettings } from '#services/settings.ts';
import { createRouter, jsonResponse } from './router.ts';

const healthz = createRoute({
  method: 'get',
  path: '/healthz',
  responses: {
    200: jsonResponse(
      'The server can accept a complaint',
      z.strictObject({ status: z.literal('ok') }),
    ),
  },
});

/** 200 once the store answers; an operator's monitor asks it. */
export function healthRoutes(context: Context) {
  return createRouter().openapi(healthz, async (c) => {
    await loadSettings(context.db);
    return c.json({ status: 'ok' as const }, 200);
  });
}
