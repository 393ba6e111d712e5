import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { HIT_STATUSES, MATCH_ROLES, RELATIVE_PROBLEMS } from '#rules/relatives.ts';
import { codesOf, SUBJECT_ROLES } from '#rules/vocabulary.ts';
import { decideOnHit, readHits } from '#services/relative-review.ts';
import { endRelative, importRelatives, readRegister } from '#services/relatives.ts';
import { requireActor, requireCapability } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/relatives';
/** Bytes of a request with a register; a county's is some hundred kilobytes, a third more in base64. */
export const RELATIVES_LIMIT = 8 * 1024 * 1024;

const Entry = z.strictObject({
  staffName: z.string(),
  unit: z.string(),
  position: z.string(),
  relativeName: z.string(),
  relation: z.string(),
  maskedId: z.string(),
});
export const RegisterBody = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      addedOn: z.string(),
      isUnitKnown: z.boolean(),
      entry: Entry,
    }),
  ),
  total: z.number(),
  next: z.string().optional(),
});
export const ImportBody = z.strictObject({
  added: z.number(),
  kept: z.number(),
  ended: z.number(),
  hits: z.number(),
  problems: z.array(
    z.strictObject({
      sheet: z.string(),
      line: z.number(),
      reason: z.enum(codesOf(RELATIVE_PROBLEMS)),
    }),
  ),
});
export const HitsBody = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      status: z.enum(codesOf(HIT_STATUSES)),
      statusLabel: z.string(),
      foundOn: z.string(),
      decidedOn: z.string().nullable(),
      decidedBy: z.string().nullable(),
      entry: Entry,
      /** As whom the member of staff would be accused. */
      role: z.enum(codesOf(SUBJECT_ROLES)),
      aidType: z.string(),
      period: z.string(),
      listBodyName: z.string(),
      placeName: z.string().nullable(),
      maskedName: z.string().nullable(),
      members: z.number().nullable(),
      amountCents: z.number().nullable(),
    }),
  ),
});
const Decision = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('lawful') }),
  z.strictObject({
    decision: z.literal('lead'),
    role: z.enum(MATCH_ROLES, '选择工作人员的身份。'),
  }),
]);
const params = z.object({ id: z.string().max(40) });

const register = createRoute({
  method: 'get',
  path: PATH,
  request: { query: z.object({ after: z.string().max(40).optional() }) },
  responses: { 200: jsonResponse('A page of the register, opened', RegisterBody) },
});
const upload = createRoute({
  method: 'post',
  path: `${PATH}/import`,
  request: jsonBody(
    z.strictObject({
      /** The .csv or .xlsx file, base64. */
      file: z.base64({ error: '选择要导入的备案表。' }).min(1, '选择要导入的备案表。'),
      fileName: z.string().max(200).default(''),
    }),
  ),
  responses: {
    200: jsonResponse('Taken in; what could not be, line by line', ImportBody),
    422: errorResponse('The file cannot be read'),
  },
});
const end = createRoute({
  method: 'post',
  path: `${PATH}/{id}/end`,
  request: { params },
  responses: { 204: { description: 'Ended' }, 404: errorResponse('No such entry in force') },
});
const hits = createRoute({
  method: 'get',
  path: `${PATH}/hits`,
  request: { query: z.object({ status: z.enum(['open', 'decided']).default('open') }) },
  responses: { 200: jsonResponse('Registered relatives who receive aid', HitsBody) },
});
const decide = createRoute({
  method: 'post',
  path: `${PATH}/hits/{id}`,
  request: { params, ...jsonBody(Decision) },
  responses: {
    200: jsonResponse(
      'Decided; the reference where it became a lead',
      z.strictObject({ reference: z.string().nullable() }),
    ),
    404: errorResponse('No such match, or it concerns the person asking'),
    409: errorResponse('Decided meanwhile'),
  },
});

/** The register of near relatives and what it meets in the lists: the discipline group's alone. */
export function staffRelativeRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  router.use(`${PATH}/*`, requireActor(context));
  router.openapi(register, async (c) => {
    requireCapability(c.var.actor, 'relatives.manage');
    return c.json(await readRegister(context, c.var.actor, c.req.valid('query').after), 200);
  });
  router.openapi(upload, async (c) => {
    requireCapability(c.var.actor, 'relatives.manage');
    const { file, fileName } = c.req.valid('json');
    const bytes = Buffer.from(file, 'base64');
    return c.json(await importRelatives(context, c.var.actor, { bytes, fileName }), 200);
  });
  router.openapi(hits, async (c) => {
    requireCapability(c.var.actor, 'relatives.manage');
    return c.json(await readHits(context, c.var.actor, c.req.valid('query').status), 200);
  });
  router.openapi(decide, async (c) => {
    requireCapability(c.var.actor, 'relatives.manage');
    const decision = { ...c.req.valid('json'), ...c.req.valid('param') };
    return c.json({ reference: await decideOnHit(context, c.var.actor, decision) }, 200);
  });
  router.openapi(end, async (c) => {
    requireCapability(c.var.actor, 'relatives.manage');
    await endRelative(context, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  return router;
}
