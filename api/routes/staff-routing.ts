import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { hasCapability } from '#rules/roles.ts';
import { DESTINATION_LABELS, RoutingRows } from '#rules/routing-rows.ts';
import { PETITION_CLASSES, PROBLEM_TYPES, SUBJECT_ROLES, codesOf } from '#rules/vocabulary.ts';
import { previewRouting, readRouting, saveRouting } from '#services/routing-table.ts';
import { requireActor, requireCapability } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/routing';

export const RoutingBody = z.strictObject({
  version: z.number(),
  /** The version in force. */
  current: z.number(),
  rows: RoutingRows,
  versions: z.array(
    z.strictObject({
      version: z.number(),
      note: z.string(),
      onDate: z.string(),
      personName: z.string().nullable(),
    }),
  ),
  mayEdit: z.boolean(),
});

export const Imagined = z.strictObject({
  class: z.enum(codesOf(PETITION_CLASSES), '选择性质。'),
  problemTypes: z.array(z.enum(codesOf(PROBLEM_TYPES))).min(1, '至少选一个问题类型。'),
  subjects: z
    .array(
      z.strictObject({
        role: z.enum(codesOf(SUBJECT_ROLES)),
        bodyCode: z.string().max(40).nullable(),
      }),
    )
    .max(5),
  placeCode: z.string().min(1, '选择地点。').max(40),
  townshipRefused: z.boolean().default(false),
  major: z.boolean().default(false),
});
const Outcome = z.strictObject({
  kind: z.enum(codesOf(DESTINATION_LABELS)),
  /** Null: no such body is in the portal. */
  bodyName: z.string().nullable(),
  lifted: z.boolean(),
  alongside: z.array(z.string()),
  basis: z.array(z.string()),
  rows: z.array(z.number()),
});
export const PreviewBody = z.strictObject({
  /** Null: every body upward is excluded, and 12388 is named. */
  arrivesAt: z.string().nullable(),
  reserve: z.string().nullable(),
  sealed: z.boolean(),
  excluded: z.array(z.string()),
  current: Outcome,
  edited: Outcome,
});

const read = createRoute({
  method: 'get',
  path: PATH,
  request: { query: z.object({ version: z.coerce.number().int().min(0).optional() }) },
  responses: {
    200: jsonResponse('A version of the routing table', RoutingBody),
    404: errorResponse('No such version'),
  },
});
const preview = createRoute({
  method: 'post',
  path: `${PATH}/preview`,
  request: jsonBody(z.strictObject({ facts: Imagined, rows: RoutingRows })),
  responses: {
    200: jsonResponse('Who would get an imagined lead, now and by these rows', PreviewBody),
    422: errorResponse('A table that would be unsafe'),
  },
});
const save = createRoute({
  method: 'post',
  path: PATH,
  request: jsonBody(
    z.strictObject({
      base: z.number().int().min(0),
      rows: RoutingRows,
      note: z.string().trim().min(1, '写明为什么改。').max(500, '不超过500字。'),
    }),
  ),
  responses: {
    200: jsonResponse('In force', z.strictObject({ version: z.number() })),
    409: errorResponse('Another version was saved since'),
    422: errorResponse('A table that would be unsafe, or no change'),
  },
});

/** The routing table: read by whoever reads leads, edited by the bureau's leader. */
export function staffRoutingRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  router.use(`${PATH}/*`, requireActor(context));
  router.openapi(read, async (c) => {
    const { actor } = c.var;
    requireCapability(actor, 'leads.read');
    const view = await readRouting(context, c.req.valid('query').version);
    const roles = actor.posts.map((post) => post.role);
    return c.json({ ...view, mayEdit: hasCapability(roles, 'routing.manage') }, 200);
  });
  router.openapi(preview, async (c) => {
    requireCapability(c.var.actor, 'leads.read');
    const { facts, rows } = c.req.valid('json');
    return c.json(await previewRouting(context, facts, rows), 200);
  });
  router.openapi(save, async (c) => {
    const version = await saveRouting(context, c.var.actor, c.req.valid('json'));
    return c.json({ version }, 200);
  });
  return router;
}
