import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { cleanText } from '#rules/text.ts';
import { takeSteps } from '#services/bulk-steps.ts';
import { searchOpenLeads } from '#services/lead-search.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import { SearchBody } from './staff-queue-schemas.ts';

const MOST_AT_ONCE = 50;

const BulkBody = z.strictObject({
  event: z.string().max(40),
  fields: z.record(z.string().max(40), z.unknown()).default({}),
  leads: z
    .array(z.strictObject({ reference: z.string().max(40), from: z.string().max(40) }), '勾选线索')
    .min(1, '勾选线索')
    .max(MOST_AT_ONCE, `一次最多${MOST_AT_ONCE}件`),
});

export const BulkAnswer = z
  .strictObject({
    done: z.array(z.string()),
    refused: z.array(z.strictObject({ reference: z.string(), message: z.string() })),
  })
  .openapi('BulkSteps');

const bulk = createRoute({
  method: 'post',
  path: '/api/staff/lead-steps',
  request: jsonBody(BulkBody),
  responses: {
    200: jsonResponse('What was done, and what not, with the reason', BulkAnswer),
    401: errorResponse('Not signed in'),
    409: errorResponse('The step is not one for many leads'),
    422: errorResponse('A message for each field'),
  },
});

const SearchInput = z.strictObject({
  words: z
    .string('写要找的字词')
    .transform((text) => cleanText(text).trim())
    .refine((text) => text.length >= 2, '至少写两个字')
    .refine((text) => text.length <= 50, '最多写50个字'),
});

// The words may be somebody's name: not in an address.
const search = createRoute({
  method: 'post',
  path: '/api/staff/lead-search',
  request: jsonBody(SearchInput),
  responses: {
    200: jsonResponse('Open leads that speak of it', SearchBody),
    401: errorResponse('Not signed in'),
    403: errorResponse('No post that reads leads'),
    422: errorResponse('What to look for is missing'),
  },
});

/** What is done to many leads at once. */
export function staffLeadDeskRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use('/api/staff/lead-steps', requireActor(context));
  router.use('/api/staff/lead-search', requireActor(context));
  return router
    .openapi(bulk, async (c) =>
      c.json(await takeSteps(context, c.var.actor, c.req.valid('json')), 200),
    )
    .openapi(search, async (c) => {
      const { words } = c.req.valid('json');
      return c.json(await searchOpenLeads(context, c.var.actor, words), 200);
    });
}
