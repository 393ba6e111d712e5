import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { countKeyWork, listBodyKeysFor } from '#services/body-keys-view.ts';
import { printNewPapers, renewBodyKey } from '#services/key-renewal.ts';
import { createBodyKey, grantBodyKey } from '#services/keyring.ts';
import { resealInBackground } from '#services/resealing.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import { BodyKeys, KeyWork, Papers } from './staff-account-schemas.ts';

const PATH = '/api/staff/keys';
const params = z.object({ body: z.string().max(80) });
const done = { 204: { description: 'Done' } };
const refusals = {
  401: errorResponse('Not signed in'),
  403: errorResponse('Without the key of the body'),
  404: errorResponse('Not a body of the person signed in'),
  409: errorResponse('Changed meanwhile'),
};
const papers = { 200: jsonResponse('Two papers, shown once', Papers), ...refusals };

const list = createRoute({
  method: 'get',
  path: PATH,
  responses: { 200: jsonResponse('Keys of one’s bodies', BodyKeys), 401: refusals[401] },
});
const work = createRoute({
  method: 'get',
  path: `${PATH}/work`,
  responses: {
    200: jsonResponse('How much there is to do about keys', KeyWork),
    401: refusals[401],
  },
});
const create = createRoute({
  method: 'post',
  path: `${PATH}/{body}`,
  request: { params },
  responses: papers,
});
const grant = createRoute({
  method: 'post',
  path: `${PATH}/{body}/grants`,
  request: { params, ...jsonBody(z.strictObject({ accountId: z.string().max(60) })) },
  responses: { ...done, ...refusals },
});
const renew = createRoute({
  method: 'post',
  path: `${PATH}/{body}/renewal`,
  request: { params },
  responses: { ...done, ...refusals },
});
const reseal = createRoute({
  method: 'post',
  path: `${PATH}/{body}/resealing`,
  request: { params },
  responses: { ...done, ...refusals },
});
const print = createRoute({
  method: 'post',
  path: `${PATH}/{body}/papers`,
  request: { params },
  responses: papers,
});

/** The keys of bodies, for their members: who has one, who waits, and what is done about it. */
export function staffKeyRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  router.use(`${PATH}/*`, requireActor(context));
  router.openapi(list, async (c) => {
    const items = await listBodyKeysFor(context, c.var.actor);
    return c.json({ items }, 200);
  });
  router.openapi(work, async (c) => c.json(await countKeyWork(context, c.var.actor), 200));
  router.openapi(create, async (c) =>
    c.json(await createBodyKey(context, c.var.actor, c.req.valid('param').body), 200),
  );
  router.openapi(grant, async (c) => {
    const { accountId } = c.req.valid('json');
    await grantBodyKey(context, c.var.actor, c.req.valid('param').body, accountId);
    return c.body(null, 204);
  });
  router.openapi(renew, async (c) => {
    await renewBodyKey(context, c.var.actor, c.req.valid('param').body);
    return c.body(null, 204);
  });
  router.openapi(reseal, async (c) => {
    await resealInBackground(context, c.var.actor, c.req.valid('param').body);
    return c.body(null, 204);
  });
  router.openapi(print, async (c) =>
    c.json(await printNewPapers(context, c.var.actor, c.req.valid('param').body), 200),
  );
  return router;
}
