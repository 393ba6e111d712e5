import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { CAPABILITIES } from '#rules/roles.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { describePosts, listCapabilities } from '#services/people.ts';
import { signIn, signOut } from '#services/sessions.ts';
import { deviceCookie, sessionCookie } from '#services/staff-cookies.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const SignIn = z
  .strictObject({
    login: z.string('输入账号').trim().min(1, '输入账号').max(100, '账号过长'),
    password: z.string('输入口令').min(1, '输入口令').max(200, '口令过长'),
    totp: z.string('输入动态码').trim().min(1, '输入动态码').max(20, '动态码是6位数字'),
  })
  .openapi('SignIn');

const Me = z
  .strictObject({
    name: z.string(),
    posts: z.array(
      z.strictObject({
        bodyCode: z.string(),
        bodyName: z.string(),
        role: z.string(),
        roleLabel: z.string(),
      }),
    ),
    capabilities: z.array(z.enum(codesOf(CAPABILITIES))),
  })
  .openapi('Me');

const begin = createRoute({
  method: 'post',
  path: '/api/staff/session',
  request: jsonBody(SignIn),
  responses: {
    204: { description: 'Signed in; the session is in the cookie' },
    401: errorResponse('Login, passphrase or code is wrong'),
    422: errorResponse('A field is missing'),
    429: errorResponse('Too many attempts; wait'),
  },
});

const show = createRoute({
  method: 'get',
  path: '/api/staff/session',
  responses: {
    200: jsonResponse('Who is signed in and what they may do', Me),
    401: errorResponse('Not signed in'),
  },
});

const ENDED = { 204: { description: 'Signed out' } };
const end = createRoute({ method: 'delete', path: '/api/staff/session', responses: ENDED });
const endByForm = createRoute({
  method: 'post',
  path: '/api/staff/session/end',
  responses: ENDED,
});

/** Signing in and out, and who one is. */
export function staffSessionRoutes(context: Context) {
  const routes = createRouter<StaffEnv>();
  routes.get('/api/staff/session', requireActor(context));

  routes.openapi(begin, async (c) => {
    const value = await signIn(context, c.req.valid('json'), c.req.header('cookie'));
    c.header('set-cookie', sessionCookie(context, value.session));
    c.header('set-cookie', deviceCookie(context, value.device), { append: true });
    return c.body(null, 204);
  });

  routes.openapi(show, async (c) => {
    const { name, posts } = c.var.actor;
    const capabilities = await listCapabilities(context.db, posts);
    return c.json({ name, posts: await describePosts(context.db, posts), capabilities }, 200);
  });

  for (const route of [end, endByForm]) {
    routes.openapi(route, async (c) => {
      await signOut(context, c.req.header('cookie'));
      c.header('set-cookie', sessionCookie(context, ''));
      return c.body(null, 204);
    });
  }
  return routes;
}
