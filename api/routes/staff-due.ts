import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { DUE_STAGES } from '#rules/due-stages.ts';
import { civilDate, count } from '#rules/public-fields.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { readDueList } from '#services/due-list.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/due';

const Share = z.strictObject({
  counts: z.strictObject({ overdue: count, today: count, soon: count, week: count }),
  items: z.array(
    z.strictObject({
      reference: z.string(),
      statusLabel: z.string(),
      stage: z.enum(codesOf(DUE_STAGES)),
      dueOn: civilDate,
      problems: z.array(z.string()),
      placeName: z.string().nullable(),
      bodyName: z.string(),
      sealed: z.boolean(),
      unassigned: z.boolean(),
      supervised: z.boolean(),
      major: z.boolean(),
    }),
  ),
});
export const DueList = z
  .strictObject({
    today: civilDate,
    /** What the person works on. */
    mine: Share,
    /** What else is on the desks of their bodies. */
    own: Share,
    /** What is late at bodies below. */
    below: Share,
    lateBelow: z.array(z.strictObject({ bodyName: z.string(), overdue: count })),
  })
  .openapi('DueList');

const read = createRoute({
  method: 'get',
  path: PATH,
  responses: {
    200: jsonResponse('What is late or due within a week; each look is logged', DueList),
    403: errorResponse('Leads are not the work of this post'),
  },
});

/** What is due, for the person looking. */
export function staffDueRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  return router.openapi(read, async (c) => c.json(await readDueList(context, c.var.actor), 200));
}
