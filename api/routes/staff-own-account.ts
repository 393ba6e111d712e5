import { createRoute } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { beginJoining, finishJoining } from '#services/joining.ts';
import {
  addSecondDevice,
  beginSecondDevice,
  changePassphrase,
  readOwnAccount,
  removeDevice,
  signOutEverywhere,
} from '#services/own-account.ts';
import { deviceCookie, sessionCookie } from '#services/staff-cookies.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import {
  AcceptInvitation,
  AddDevice,
  NewDevice,
  NewPassphrase,
  OpenInvitation,
  OpenedInvitation,
  OwnAccount,
  RemoveDevice,
} from './staff-account-schemas.ts';

const INVITATIONS = '/api/staff/invitations';
const OWN = '/api/staff/account';
const done = { 204: { description: 'Done' } };
const refusals = {
  401: errorResponse('Not signed in'),
  409: errorResponse('Changed meanwhile'),
  422: errorResponse('A message for each field'),
  429: errorResponse('Too many attempts; wait'),
};

const open = createRoute({
  method: 'post',
  path: `${INVITATIONS}/open`,
  request: jsonBody(OpenInvitation),
  responses: {
    200: jsonResponse('Who is invited, and the secret for their device', OpenedInvitation),
    404: errorResponse('Link or code is wrong, used or too old'),
    429: errorResponse('Too many attempts; wait'),
  },
});
const accept = createRoute({
  method: 'post',
  path: `${INVITATIONS}/accept`,
  request: jsonBody(AcceptInvitation),
  responses: {
    ...done,
    404: errorResponse('The link was used or is too old'),
    422: errorResponse('A message for each field'),
  },
});
const show = createRoute({
  method: 'get',
  path: OWN,
  responses: { 200: jsonResponse('One’s own account', OwnAccount), ...refusals },
});
const passphrase = createRoute({
  method: 'post',
  path: `${OWN}/passphrase`,
  request: jsonBody(NewPassphrase),
  responses: { ...done, ...refusals },
});
const begin = createRoute({
  method: 'post',
  path: `${OWN}/device/secret`,
  responses: { 200: jsonResponse('A secret for a second device', NewDevice), ...refusals },
});
const addDevice = createRoute({
  method: 'post',
  path: `${OWN}/device`,
  request: jsonBody(AddDevice),
  responses: { ...done, ...refusals },
});
const remove = createRoute({
  method: 'post',
  path: `${OWN}/device/removal`,
  request: jsonBody(RemoveDevice),
  responses: { ...done, ...refusals },
});
const everywhere = createRoute({
  method: 'post',
  path: `${OWN}/sign-out-everywhere`,
  responses: { ...done, ...refusals },
});

/** One's own account: coming to it by an invitation, and what one changes of it. */
export function staffOwnAccountRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.openapi(open, async (c) => c.json(await beginJoining(context, c.req.valid('json')), 200));
  router.openapi(accept, async (c) => {
    await finishJoining(context, c.req.valid('json'));
    return c.body(null, 204);
  });
  router.use(OWN, requireActor(context));
  router.use(`${OWN}/*`, requireActor(context));
  router.openapi(show, async (c) => c.json(await readOwnAccount(context, c.var.actor), 200));
  router.openapi(passphrase, async (c) => {
    await changePassphrase(context, c.var.actor, c.req.valid('json'));
    return c.body(null, 204);
  });
  router.openapi(begin, async (c) => c.json(await beginSecondDevice(context, c.var.actor), 200));
  router.openapi(addDevice, async (c) => {
    await addSecondDevice(context, c.var.actor, c.req.valid('json'));
    return c.body(null, 204);
  });
  router.openapi(remove, async (c) => {
    await removeDevice(context, c.var.actor, c.req.valid('json'));
    return c.body(null, 204);
  });
  router.openapi(everywhere, async (c) => {
    await signOutEverywhere(context, c.var.actor);
    c.header('set-cookie', sessionCookie(context, ''));
    c.header('set-cookie', deviceCookie(context, ''), { append: true });
    return c.body(null, 204);
  });
  return router;
}
