import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { TEXT_SECTIONS } from '#rules/page-texts.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { addMissingTexts, listMissingTexts } from '#services/shipped-texts.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/shipped-texts';

export const ShippedTexts = z.strictObject({
  items: z.array(
    z.strictObject({
      slug: z.string(),
      section: z.enum(codesOf(TEXT_SECTIONS)),
      title: z.string(),
    }),
  ),
});
export const ShippedOutcome = z.strictObject({ added: z.number() });

const REFUSED = { 403: errorResponse('Not who edits texts at the bureau') };
const list = createRoute({
  method: 'get',
  path: PATH,
  responses: {
    200: jsonResponse('Texts of the software that the portal does not have', ShippedTexts),
    ...REFUSED,
  },
});
const add = createRoute({
  method: 'post',
  path: PATH,
  responses: {
    200: jsonResponse('Put in, off the site until they are shown', ShippedOutcome),
    ...REFUSED,
  },
});

/** What a newer version of the software brings for the site: nothing goes live by itself. */
export function staffShippedTextRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  router.openapi(list, async (c) =>
    c.json({ items: await listMissingTexts(context, c.var.actor) }, 200),
  );
  router.openapi(add, async (c) => c.json(await addMissingTexts(context, c.var.actor), 200));
  return router;
}
