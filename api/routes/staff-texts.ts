import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { TEXT_SECTIONS, TextFields } from '#rules/page-texts.ts';
import { cleanLine } from '#rules/text.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { readShippedOverview } from '#services/shipped-texts.ts';
import {
  addText,
  editText,
  judgeText,
  listTextDesk,
  readTextDesk,
  setTextShown,
} from '#services/texts.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/texts';
const section = z.enum(codesOf(TEXT_SECTIONS), '选择放在哪一栏。');

export const TextList = z.strictObject({
  items: z.array(
    z.strictObject({
      slug: z.string(),
      section: z.enum(codesOf(TEXT_SECTIONS)),
      title: z.string(),
      position: z.number(),
      updatedOn: z.string(),
      /** Null: on the site. */
      hiddenOn: z.string().nullable(),
      effectiveFrom: z.string(),
      endedOn: z.string(),
    }),
  ),
});
export const TextDesk = z.strictObject({
  slug: z.string(),
  section: z.enum(codesOf(TEXT_SECTIONS)),
  hiddenOn: z.string().nullable(),
  updatedOn: z.string(),
  /** Of what stands. */
  version: z.number(),
  fields: z.strictObject({
    ...{ title: z.string(), overview: z.string(), markdown: z.string() },
    ...{ legalBasis: z.string(), position: z.number(), issuer: z.string() },
    ...{ documentNumber: z.string(), issuedOn: z.string(), effectiveFrom: z.string() },
    ...{ endedOn: z.string(), sourceUrl: z.string() },
  }),
  /** The overview that came with the software; empty where there is none. */
  shippedOverview: z.string(),
  /** The newest first. */
  versions: z.array(
    z.strictObject({
      version: z.number(),
      change: z.enum(['add', 'edit', 'hide', 'show', 'remove']),
      note: z.string(),
      /** Empty: what the portal started with. */
      onDate: z.string(),
      personName: z.string().nullable(),
    }),
  ),
});

const base = z.number().int().min(1);
const note = z
  .string()
  .transform(cleanLine)
  .pipe(z.string().max(200, '不超过200个字。'))
  .default('');
const slug = z.string().max(40).default('');
const Draft = z.strictObject({ section, slug, ...TextFields.shape });
const Addition = z.strictObject({ section, ...TextFields.shape });
const Edit = z.strictObject({ base, note, ...TextFields.shape });
const params = z.object({ slug: z.string().max(40) });

const REFUSED = {
  403: errorResponse('Not who edits texts at the bureau'),
  422: errorResponse('HTML, a link that leads nowhere, or what the leak gate would refuse'),
};
const CHANGED = {
  404: errorResponse('Not there'),
  409: errorResponse('Saved by somebody else since it was read'),
};
const list = createRoute({
  method: 'get',
  path: PATH,
  responses: { 200: jsonResponse('Every text', TextList), 403: errorResponse('Not who edits') },
});
const judge = createRoute({
  method: 'post',
  path: `${PATH}/check`,
  request: jsonBody(Draft),
  responses: { 204: { description: 'May be saved' }, ...REFUSED },
});
const add = createRoute({
  method: 'post',
  path: PATH,
  request: jsonBody(Addition),
  responses: {
    201: jsonResponse('Saved; the site follows', z.strictObject({ slug: z.string() })),
    ...REFUSED,
    409: CHANGED[409],
  },
});
const read = createRoute({
  method: 'get',
  path: `${PATH}/{slug}`,
  request: { params, query: z.object({ version: z.coerce.number().int().min(1).optional() }) },
  responses: {
    200: jsonResponse('A text as it stands or stood', TextDesk),
    403: errorResponse('Not who edits'),
    404: CHANGED[404],
  },
});
const edit = createRoute({
  method: 'post',
  path: `${PATH}/{slug}`,
  request: { params, ...jsonBody(Edit) },
  responses: {
    200: jsonResponse('Saved; the site follows', z.strictObject({ version: z.number() })),
    ...REFUSED,
    ...CHANGED,
  },
});
const show = createRoute({
  method: 'post',
  path: `${PATH}/{slug}/visibility`,
  request: { params, ...jsonBody(z.strictObject({ base, shown: z.boolean() })) },
  responses: { 204: { description: 'Taken off the site, or put back' }, ...REFUSED, ...CHANGED },
});

/** Procedures, policies, forms and the site's own texts: one editor at the bureau, each change kept. */
export function staffTextRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  router.use(`${PATH}/*`, requireActor(context));
  router.openapi(list, async (c) =>
    c.json({ items: await listTextDesk(context, c.var.actor) }, 200),
  );
  router.openapi(judge, async (c) => {
    const { section, slug, ...fields } = c.req.valid('json');
    await judgeText(context, c.var.actor, { section, slug, fields });
    return c.body(null, 204);
  });
  router.openapi(add, async (c) => {
    const { section, ...fields } = c.req.valid('json');
    return c.json(await addText(context, c.var.actor, { section, fields }), 201);
  });
  router.openapi(read, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('query') };
    const text = await readTextDesk(context, c.var.actor, input);
    const shippedOverview = await readShippedOverview(context, text.slug);
    return c.json({ ...text, shippedOverview }, 200);
  });
  router.openapi(edit, async (c) => {
    const { base, note, ...fields } = c.req.valid('json');
    const input = { ...c.req.valid('param'), base, note, fields };
    return c.json(await editText(context, c.var.actor, input), 200);
  });
  router.openapi(show, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('json') };
    await setTextShown(context, c.var.actor, input);
    return c.body(null, 204);
  });
  return router;
}
