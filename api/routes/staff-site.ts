import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { SiteFields, TermFields } from '#rules/site-settings.ts';
import { changeSite, changeTerms, readSiteSettings } from '#services/site-settings.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/site';
const token = z.string().max(64);

const strings = <T extends string>(shape: Record<T, unknown>) =>
  z.strictObject(
    Object.fromEntries(Object.keys(shape).map((name) => [name, z.string()])) as Record<
      T,
      z.ZodString
    >,
  );
export const SiteSettings = z.strictObject({
  site: z.strictObject({ fields: strings(SiteFields.shape), token }),
  terms: z.strictObject({ fields: strings(TermFields.shape), token }),
});

const REFUSED = {
  403: errorResponse('Not who manages the settings of the bureau'),
  409: errorResponse('Changed by somebody else since it was read'),
  422: errorResponse('A value that cannot be right'),
};
const read = createRoute({
  method: 'get',
  path: PATH,
  responses: {
    200: jsonResponse('What the county set for its site', SiteSettings),
    403: REFUSED[403],
  },
});
const changeSiteRoute = createRoute({
  method: 'post',
  path: PATH,
  request: jsonBody(z.strictObject({ token, ...SiteFields.shape })),
  responses: { 204: { description: 'Set; the site follows within a minute' }, ...REFUSED },
});
const changeTermsRoute = createRoute({
  method: 'post',
  path: `${PATH}/terms`,
  request: jsonBody(z.strictObject({ token, ...TermFields.shape })),
  responses: { 204: { description: 'Set for what is uploaded from now on' }, ...REFUSED },
});

/** What the county says of itself, and how it publishes lists. */
export function staffSiteRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  router.use(`${PATH}/*`, requireActor(context));
  router.openapi(read, async (c) => c.json(await readSiteSettings(context, c.var.actor), 200));
  router.openapi(changeSiteRoute, async (c) => {
    const { token, ...fields } = c.req.valid('json');
    await changeSite(context, c.var.actor, { token, fields });
    return c.body(null, 204);
  });
  router.openapi(changeTermsRoute, async (c) => {
    const { token, ...fields } = c.req.valid('json');
    await changeTerms(context, c.var.actor, { token, fields });
    return c.body(null, 204);
  });
  return router;
}
