import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { DutyFields } from '#rules/hotline-fields.ts';
import { cancelCall, correctCall, recordCall } from '#services/hotline-calls.ts';
import { addDuty, copyDuty, dropDuty } from '#services/hotline-duty.ts';
import { addHotline, changeHotline, endHotline } from '#services/hotline-edit.ts';
import { readCallFigures } from '#services/hotline-figures.ts';
import { listHotlineDesk, readHotlineFile } from '#services/hotline-view.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import {
  CallCancellation,
  CallCorrection,
  CallFiguresList,
  CallInput,
  CallResult,
  DutyCopied,
  DutyCopy,
  HotlineChange,
  HotlineDesk,
  HotlineEnd,
  HotlineFile,
  NewHotline,
  Saved,
} from './staff-hotline-schemas.ts';

const PATH = '/api/staff/hotlines';
const CALLS = '/api/staff/test-calls';
const params = z.object({ id: z.string().max(40) });
const notThere = errorResponse('Not there, ended, or out of reach');
const notHere = errorResponse('Not the work of this post');
const changed = errorResponse('Somebody was faster');
const invalid = errorResponse('A field will not do');

const list = createRoute({
  method: 'get',
  path: PATH,
  responses: {
    200: jsonResponse('Hotlines within reach, and how their numbers were tested', HotlineDesk),
    403: notHere,
  },
});
const figures = createRoute({
  method: 'get',
  path: '/api/staff/hotline-figures',
  responses: {
    200: jsonResponse('Test calls by month and level, over twelve months', CallFiguresList),
    403: notHere,
  },
});
const read = createRoute({
  method: 'get',
  path: `${PATH}/{id}`,
  request: { params },
  responses: {
    200: jsonResponse('One hotline with its test calls and its roster', HotlineFile),
    404: notThere,
  },
});
const add = createRoute({
  method: 'post',
  path: PATH,
  request: jsonBody(NewHotline),
  responses: {
    200: jsonResponse('Published in the background; or only checked', Saved),
    403: notHere,
    422: invalid,
  },
});
const change = createRoute({
  method: 'post',
  path: `${PATH}/{id}`,
  request: { params, ...jsonBody(HotlineChange) },
  responses: {
    200: jsonResponse('Published in the background; or only checked', Saved),
    404: notThere,
    409: changed,
    422: invalid,
  },
});
const end = createRoute({
  method: 'post',
  path: `${PATH}/{id}/end`,
  request: { params, ...jsonBody(HotlineEnd) },
  responses: { 204: { description: 'Leaves the site' }, 404: notThere, 409: changed },
});
const test = createRoute({
  method: 'post',
  path: `${PATH}/{id}/tests`,
  request: { params, ...jsonBody(CallInput) },
  responses: {
    201: jsonResponse('Recorded; the last result is published', CallResult),
    403: errorResponse('Of the unit that is tested'),
    404: notThere,
    422: invalid,
  },
});
const correct = createRoute({
  method: 'post',
  path: `${CALLS}/{id}/correction`,
  request: { params, ...jsonBody(CallCorrection) },
  responses: {
    201: jsonResponse('The old record stays, marked', CallResult),
    404: notThere,
    409: changed,
    422: invalid,
  },
});
const cancel = createRoute({
  method: 'post',
  path: `${CALLS}/{id}/cancellation`,
  request: { params, ...jsonBody(CallCancellation) },
  responses: {
    204: { description: 'It counts no longer and stays, marked' },
    404: notThere,
    409: changed,
  },
});
const duty = createRoute({
  method: 'post',
  path: `${PATH}/{id}/duty`,
  request: { params, ...jsonBody(DutyFields) },
  responses: { 204: { description: 'On the roster' }, 404: notThere, 422: invalid },
});
const copy = createRoute({
  method: 'post',
  path: `${PATH}/{id}/duty/copy`,
  request: { params, ...jsonBody(DutyCopy) },
  responses: {
    200: jsonResponse('Lines of the month before, moved into this one', DutyCopied),
    404: notThere,
    409: errorResponse('The month has a roster, or the one before has none'),
  },
});
const drop = createRoute({
  method: 'post',
  path: `${PATH}/{id}/duty/{line}/removal`,
  request: { params: params.extend({ line: z.string().max(40) }) },
  responses: { 204: { description: 'Off the roster' }, 404: notThere, 409: changed },
});

/** Hotlines: their numbers, who is on duty, and whether anybody answers. */
export function staffHotlineRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  for (const path of [PATH, `${PATH}/*`, `${CALLS}/*`, '/api/staff/hotline-figures']) {
    router.use(path, requireActor(context));
  }
  router.openapi(list, async (c) => c.json(await listHotlineDesk(context, c.var.actor), 200));
  router.openapi(figures, async (c) =>
    c.json({ items: await readCallFigures(context, c.var.actor) }, 200),
  );
  router.openapi(read, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(await readHotlineFile(context, c.var.actor, id), 200);
  });
  router.openapi(add, async (c) => {
    return c.json(await addHotline(context, c.var.actor, c.req.valid('json')), 200);
  });
  router.openapi(change, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(await changeHotline(context, c.var.actor, { id, ...c.req.valid('json') }), 200);
  });
  router.openapi(end, async (c) => {
    const { id } = c.req.valid('param');
    await endHotline(context, c.var.actor, { id, ...c.req.valid('json') });
    return c.body(null, 204);
  });
  router.openapi(test, async (c) => {
    const { id } = c.req.valid('param');
    const recorded = await recordCall(context, c.var.actor, { id, input: c.req.valid('json') });
    return c.json(recorded, 201);
  });
  router.openapi(correct, async (c) => {
    const { id } = c.req.valid('param');
    const { reason, call: input } = c.req.valid('json');
    return c.json(await correctCall(context, c.var.actor, { id, reason, input }), 201);
  });
  router.openapi(cancel, async (c) => {
    const { id } = c.req.valid('param');
    await cancelCall(context, c.var.actor, { id, ...c.req.valid('json') });
    return c.body(null, 204);
  });
  router.openapi(duty, async (c) => {
    const { id } = c.req.valid('param');
    await addDuty(context, c.var.actor, { id, fields: c.req.valid('json') });
    return c.body(null, 204);
  });
  router.openapi(copy, async (c) => {
    const { id } = c.req.valid('param');
    const lines = await copyDuty(context, c.var.actor, { id, ...c.req.valid('json') });
    return c.json({ lines }, 200);
  });
  router.openapi(drop, async (c) => {
    const { id, line } = c.req.valid('param');
    await dropDuty(context, c.var.actor, { id, duty: line });
    return c.body(null, 204);
  });
  return router;
}
