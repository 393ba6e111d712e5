import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { RowChangeInput } from '#rules/row-changes.ts';
import {
  listChanges,
  listHeld,
  listTakeDownsInReach,
  readChangeableRows,
} from '#services/changes-view.ts';
import { decideRowChanges, proposeRowChanges } from '#services/row-changes.ts';
import { reviewTakeDown } from '#services/take-down-review.ts';
import { requireActor, requireCapability } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import {
  ChangeableRows,
  HeldList,
  RowChangeDecisionInput,
  RowChangeIds,
  RowChangeList,
  TakeDownDecisionInput,
  TakeDownList,
} from './staff-change-schemas.ts';

const CHANGES = '/api/staff/row-changes';
const TAKE_DOWNS = '/api/staff/take-downs';
const HELD = '/api/staff/held-rows';

const choose = createRoute({
  method: 'get',
  path: `${CHANGES}/rows`,
  request: {
    query: z.object({ batchId: z.string().max(40), placeCode: z.string().max(40) }),
  },
  responses: {
    200: jsonResponse('Households of one village that can be changed', ChangeableRows),
    403: errorResponse('Not a publisher of the body'),
    404: errorResponse('Not there, or not within reach'),
  },
});
const propose = createRoute({
  method: 'post',
  path: CHANGES,
  request: jsonBody(RowChangeInput),
  responses: {
    201: jsonResponse('Waiting for another person', RowChangeIds),
    403: errorResponse('Not a publisher of the body'),
    409: errorResponse('The list or the row does not stand any more, or another change waits'),
  },
});
const list = createRoute({
  method: 'get',
  path: CHANGES,
  responses: { 200: jsonResponse('What waits, and the last ninety days', RowChangeList) },
});
const decide = createRoute({
  method: 'post',
  path: `${CHANGES}/decision`,
  request: jsonBody(RowChangeDecisionInput),
  responses: {
    200: jsonResponse('Decided; live within a minute', z.strictObject({ decided: z.number() })),
    403: errorResponse('Not a reviewer, or the person who proposed it'),
    409: errorResponse('Decided or changed meanwhile; nothing was done'),
  },
});
const listTaken = createRoute({
  method: 'get',
  path: TAKE_DOWNS,
  responses: { 200: jsonResponse('What waits, and the last ninety days', TakeDownList) },
});
const review = createRoute({
  method: 'post',
  path: `${TAKE_DOWNS}/{id}/decision`,
  request: { params: z.object({ id: z.string().max(60) }), ...jsonBody(TakeDownDecisionInput) },
  responses: {
    204: { description: 'Confirmed, or put back' },
    403: errorResponse('The person who took it down'),
    404: errorResponse('Not there, or not within reach'),
    409: errorResponse('Reviewed meanwhile, or cannot come back'),
  },
});

const listHeldBack = createRoute({
  method: 'get',
  path: HELD,
  responses: {
    200: jsonResponse('Households held back that the person may show again', HeldList),
  },
});

/** Exits and corrections of single households on standing lists, and the second look at take-downs. */
export function staffChangeRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  for (const path of [CHANGES, `${CHANGES}/*`, TAKE_DOWNS, `${TAKE_DOWNS}/*`, HELD]) {
    router.use(path, requireActor(context));
  }

  router.openapi(choose, async (c) =>
    c.json(await readChangeableRows(context, c.var.actor, c.req.valid('query')), 200),
  );
  router.openapi(propose, async (c) => {
    requireCapability(c.var.actor, 'import.upload');
    const ids = await proposeRowChanges(context, c.var.actor, c.req.valid('json'));
    return c.json({ ids }, 201);
  });
  router.openapi(list, async (c) =>
    c.json({ items: await listChanges(context, c.var.actor) }, 200),
  );
  router.openapi(decide, async (c) => {
    requireCapability(c.var.actor, 'import.review');
    const decided = await decideRowChanges(context, c.var.actor, c.req.valid('json'));
    return c.json({ decided }, 200);
  });
  router.openapi(listTaken, async (c) => {
    const items = await listTakeDownsInReach(context, c.var.actor);
    return c.json(TakeDownList.parse({ items }), 200);
  });
  router.openapi(listHeldBack, async (c) => {
    const items = await listHeld(context, c.var.actor);
    return c.json(HeldList.parse({ items }), 200);
  });
  router.openapi(review, async (c) => {
    const { decision } = c.req.valid('json');
    await reviewTakeDown(context, c.var.actor, c.req.valid('param').id, decision);
    return c.body(null, 204);
  });
  return router;
}
