import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { EXIT_REASONS } from '#rules/list-exits.ts';
import { ROW_VISIBILITIES } from '#rules/list-lifecycle.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { readExits, setExitReasons } from '#services/list-exits.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/batches/{id}/exits';
const params = z.object({ id: z.string().max(40) });
const reason = z.enum(codesOf(EXIT_REASONS), { error: '选择退出的原因。' });

const ExitQuery = z.object({
  place: z.string().max(40).optional(),
  /** Only those without a reason. */
  unset: z.literal('1').optional(),
  page: z.coerce.number().int().min(1).max(10_000).optional(),
});
export const ExitList = z.strictObject({
  comparedWith: z.strictObject({ id: z.string(), period: z.string() }).nullable(),
  exits: z.number(),
  unset: z.number(),
  villages: z.array(
    z.strictObject({
      placeCode: z.string(),
      place: z.string(),
      exits: z.number(),
      unset: z.number(),
    }),
  ),
  /** Of the filter. */
  total: z.number(),
  page: z.number(),
  pages: z.number(),
  items: z.array(
    z.strictObject({
      id: z.string(),
      placeCode: z.string(),
      place: z.string(),
      maskedName: z.string().nullable(),
      visibility: z.enum(codesOf(ROW_VISIBILITIES)),
      members: z.number(),
      amountCents: z.number(),
      since: z.string(),
      reason: reason.nullable(),
      /** Null where no reason is set, or a column of the file set it. */
      setBy: z.string().nullable(),
    }),
  ),
  may: z.strictObject({ set: z.boolean() }),
});
const SetExits = z.strictObject({
  reason,
  place: z.string().max(40).optional(),
  unset: z.boolean().optional(),
  /** Single ones; absent: all of the filter. */
  ids: z.array(z.string().max(40)).min(1, '勾选要设置的户。').max(1000).optional(),
});

const read = createRoute({
  method: 'get',
  path: PATH,
  request: { params, query: ExitQuery },
  responses: {
    200: jsonResponse('Households of the list before that are in this one no longer', ExitList),
    404: errorResponse('Not there, or not within reach'),
  },
});
const set = createRoute({
  method: 'post',
  path: PATH,
  request: { params, ...jsonBody(SetExits) },
  responses: {
    200: jsonResponse('How many were set', z.strictObject({ set: z.number() })),
    403: errorResponse('Neither uploads nor reviews the list'),
    409: errorResponse('Decided meanwhile'),
    422: errorResponse('No reason, or nothing ticked'),
  },
});

/** Why households left a list: read a page at a time, set in bulk. */
export function staffListExitRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use('/api/staff/batches/:id/exits', requireActor(context));

  router.openapi(read, async (c) => {
    const { place, unset, page } = c.req.valid('query');
    const filter = { placeCode: place, onlyUnset: unset === '1', page };
    return c.json(await readExits(context, c.var.actor, c.req.valid('param').id, filter), 200);
  });
  router.openapi(set, async (c) => {
    const { place, unset, ...rest } = c.req.valid('json');
    const input = { ...rest, placeCode: place, onlyUnset: unset };
    const count = await setExitReasons(context, c.var.actor, c.req.valid('param').id, input);
    return c.json({ set: count }, 200);
  });
  return router;
}
