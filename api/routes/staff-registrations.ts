import { createRoute, z } from '@hono/zod-openapi';
import { getCookie, setCookie } from 'hono/cookie';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { RegistrationInput } from '#rules/registration.ts';
import { carry, lifetimeOf, openCarried } from '#services/complaint-drafts.ts';
import { writerMark } from '#services/kept-forms.ts';
import { registerLead } from '#services/registration.ts';
import { requireActor, requireCapability } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const Slip = z
  .strictObject({
    reference: z.string(),
    receivedOn: z.string(),
    dueOn: z.string().nullable(),
    /** Null: the reporter gets none. */
    queryCode: z.string().nullable(),
  })
  .openapi('RegistrationSlip');
const KeptSlip = z.strictObject({ writer: z.string(), slip: Slip });

const start = createRoute({
  method: 'get',
  path: '/api/staff/registrations',
  summary: '登记来电、来访、来信等',
  responses: {
    200: jsonResponse('The mark of the form’s writer', z.strictObject({ writer: z.string() })),
    401: errorResponse('Not signed in'),
    403: errorResponse('No post that registers'),
  },
});

const register = createRoute({
  method: 'post',
  path: '/api/staff/registrations',
  request: jsonBody(RegistrationInput),
  responses: {
    201: jsonResponse('Received and kept; the same form again is the same answer', Slip),
    401: errorResponse('Not signed in'),
    403: errorResponse('No post that registers'),
    409: errorResponse('`already-received`: the form was sent with other content before'),
    422: errorResponse('`invalid-input` or `nobody-to-receive`'),
  },
});

const slip = createRoute({
  method: 'get',
  path: '/api/staff/registrations/slip',
  summary: '刚登记的回执（15分钟内，凭浏览器中的凭据）',
  responses: {
    200: jsonResponse('The slip', Slip),
    401: errorResponse('Not signed in'),
    404: errorResponse('There is none of this person in this browser any more'),
  },
});

/** Matters that did not come over the web. */
export function staffRegistrationRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use('/api/staff/registrations', requireActor(context));
  router.use('/api/staff/registrations/*', requireActor(context));
  const isSecure = context.config.publicUrl?.startsWith('https://') ?? false;
  // `__Host-` needs Secure, which loopback http does not have.
  const cookie = isSecure ? '__Host-slip' : 'slip';
  return router
    .openapi(start, (c) => {
      requireCapability(c.var.actor, 'leads.register');
      return c.json({ writer: writerMark(context, c.var.actor) }, 200);
    })
    .openapi(register, async (c) => {
      const registered = await registerLead(context, c.var.actor, c.req.valid('json'));
      const kept = { writer: writerMark(context, c.var.actor), slip: registered };
      setCookie(c, cookie, await carry(context, 'receipt', kept), {
        path: '/',
        httpOnly: true,
        sameSite: 'Strict',
        secure: isSecure,
        maxAge: lifetimeOf('receipt'),
      });
      return c.json(registered, 201);
    })
    .openapi(slip, async (c) => {
      const text = getCookie(c, cookie);
      const kept = KeptSlip.safeParse(text && (await openCarried(context, 'receipt', text)));
      const isOwn = kept.success && kept.data.writer === writerMark(context, c.var.actor);
      if (!isOwn) throw new CodedError('not-found');
      c.header('Cache-Control', 'no-store');
      return c.json(kept.data.slip, 200);
    });
}
