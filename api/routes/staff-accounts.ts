import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { invite, withdrawInvitation } from '#services/invitations.ts';
import { listStaff } from '#services/staff-directory.ts';
import {
  addPerson,
  addPost,
  disableAccount,
  editPerson,
  endPostOf,
} from '#services/staff-posts.ts';
import { requireActor, requireCapability } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import {
  EndInput,
  InviteInput,
  PersonChange,
  PersonInput,
  PostInput,
  StaffList,
} from './staff-account-schemas.ts';

const PATH = '/api/staff/accounts';
const params = z.object({ id: z.string().max(60) });
const done = { 204: { description: 'Done' } };
const refusals = {
  401: errorResponse('Not signed in'),
  403: errorResponse('Not an administrator of accounts, or not for oneself'),
  404: errorResponse('Nobody in reach'),
  422: errorResponse('A message for each field'),
};

const list = createRoute({
  method: 'get',
  path: PATH,
  responses: { 200: jsonResponse('Everybody with a post in reach', StaffList), ...refusals },
});
const add = createRoute({
  method: 'post',
  path: PATH,
  request: jsonBody(PersonInput),
  responses: { 201: jsonResponse('Added', z.strictObject({ id: z.string() })), ...refusals },
});
const edit = createRoute({
  method: 'post',
  path: `${PATH}/{id}`,
  request: { params, ...jsonBody(PersonChange) },
  responses: { ...done, ...refusals },
});
const post = createRoute({
  method: 'post',
  path: `${PATH}/{id}/posts`,
  request: { params, ...jsonBody(PostInput) },
  responses: { ...done, ...refusals },
});
const end = createRoute({
  method: 'post',
  path: `${PATH}/{id}/posts/{post}/end`,
  request: { params: params.extend({ post: z.string().max(60) }), ...jsonBody(EndInput) },
  responses: { ...done, ...refusals, 409: errorResponse('It ends earlier already') },
});
const disable = createRoute({
  method: 'post',
  path: `${PATH}/{id}/disable`,
  request: { params },
  responses: { ...done, ...refusals, 409: errorResponse('There is no account to disable') },
});
const link = createRoute({
  method: 'post',
  path: `${PATH}/{id}/invitation`,
  request: { params, ...jsonBody(InviteInput) },
  responses: {
    201: jsonResponse(
      'The token of the link and the code to be told by another way, shown once',
      z.strictObject({ token: z.string(), code: z.string(), expiresAt: z.number() }),
    ),
    ...refusals,
    409: errorResponse('The person has no post'),
  },
});
const withdraw = createRoute({
  method: 'delete',
  path: `${PATH}/{id}/invitation`,
  request: { params },
  responses: { ...done, ...refusals },
});

/** People, their posts and accounts, for the administrator of accounts of their bodies. */
export function staffAccountRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  for (const path of [PATH, `${PATH}/*`]) {
    router.use(path, requireActor(context));
    router.use(path, async (c, next) => {
      requireCapability(c.var.actor, 'accounts.manage');
      await next();
    });
  }
  router.openapi(list, async (c) => c.json(await listStaff(context, c.var.actor), 200));
  router.openapi(add, async (c) => {
    const { name, email, ...first } = c.req.valid('json');
    const id = await addPerson(context, c.var.actor, { name, email, post: first });
    return c.json({ id }, 201);
  });
  router.openapi(edit, async (c) => {
    await editPerson(context, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
    return c.body(null, 204);
  });
  router.openapi(post, async (c) => {
    await addPost(context, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
    return c.body(null, 204);
  });
  router.openapi(end, async (c) => {
    const { id: personId, post: postId } = c.req.valid('param');
    await endPostOf(context, c.var.actor, { personId, postId, ...c.req.valid('json') });
    return c.body(null, 204);
  });
  router.openapi(disable, async (c) => {
    await disableAccount(context, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  router.openapi(link, async (c) => {
    const input = { personId: c.req.valid('param').id, ...c.req.valid('json') };
    return c.json(await invite(context, c.var.actor, input), 201);
  });
  router.openapi(withdraw, async (c) => {
    await withdrawInvitation(context, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  return router;
}
