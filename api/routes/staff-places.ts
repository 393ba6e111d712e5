import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { isDate } from '#rules/civil-date.ts';
import { PLACE_CHANGES, PlaceLine } from '#rules/place-changes.ts';
import { PLACE_LEVELS, codesOf } from '#rules/vocabulary.ts';
import { listAllPlaces, setPlaceContact } from '#services/place-contacts.ts';
import { applyPlaceTable } from '#services/place-table.ts';
import { requireActor, requireCapability } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/places';
/** Bytes of a request with a table: 50,000 villages are about 3 MB, a third more in base64. */
export const PLACE_TABLE_LIMIT = 8 * 1024 * 1024;

const PlaceItem = z.strictObject({
  code: z.string(),
  name: z.string(),
  level: z.enum(codesOf(PLACE_LEVELS)),
  parentCode: z.string().nullable(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  successorCode: z.string().nullable(),
  contactName: z.string(),
  contactPhone: z.string(),
});
export const PlaceItems = z.strictObject({ items: z.array(PlaceItem) });

const Table = z.strictObject({
  /** The CSV file, base64. */
  table: z.base64({ error: '选择要导入的区划表。' }).min(1, '选择要导入的区划表。'),
  on: z.string().refine(isDate, '填写日期，例如 2026-11-20。'),
  confirm: z.string().max(64).optional(),
});
export const PlaceTableResult = z.strictObject({
  lines: z.number(),
  changes: z.array(
    z.strictObject({
      kind: z.enum(codesOf(PLACE_CHANGES)),
      code: z.string(),
      name: z.string(),
      from: z.string(),
      to: z.string(),
    }),
  ),
  problems: z.array(z.strictObject({ line: z.number(), code: z.string(), words: z.string() })),
  token: z.string(),
  applied: z.boolean(),
});
const Contact = z.strictObject({
  contactName: PlaceLine.shape.contactName.unwrap().trim(),
  contactPhone: PlaceLine.shape.contactPhone.unwrap(),
});

const list = createRoute({
  method: 'get',
  path: PATH,
  responses: { 200: jsonResponse('Every place, ended ones too', PlaceItems) },
});
const table = createRoute({
  method: 'post',
  path: `${PATH}/table`,
  request: jsonBody(Table),
  responses: {
    200: jsonResponse(
      'What the table changes; applied where `confirm` is its token',
      PlaceTableResult,
    ),
    409: errorResponse('Other changes than those confirmed'),
    422: errorResponse('The file cannot be read, or the date lies ahead'),
  },
});
const contact = createRoute({
  method: 'post',
  path: `${PATH}/{code}/contact`,
  request: { params: z.object({ code: z.string().max(40) }), ...jsonBody(Contact) },
  responses: { 204: { description: 'Set' }, 404: errorResponse('No such village') },
});

/** The division tree: what changes in it over time, and whom residents of a village may ask. */
export function staffPlaceRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  router.use(`${PATH}/*`, requireActor(context));
  router.openapi(list, async (c) => {
    requireCapability(c.var.actor, 'bodies.manage');
    return c.json({ items: await listAllPlaces(context) }, 200);
  });
  router.openapi(table, async (c) => {
    requireCapability(c.var.actor, 'bodies.manage');
    const { table: base64, on, confirm } = c.req.valid('json');
    const bytes = Buffer.from(base64, 'base64');
    return c.json(await applyPlaceTable(context, c.var.actor, { bytes, on, confirm }), 200);
  });
  router.openapi(contact, async (c) => {
    requireCapability(c.var.actor, 'bodies.manage');
    const { code } = c.req.valid('param');
    await setPlaceContact(context, c.var.actor, { code, ...c.req.valid('json') });
    return c.body(null, 204);
  });
  return router;
}
