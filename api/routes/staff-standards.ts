import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { StandardFields, StandardKindField } from '#rules/standard-edit.ts';
import { cleanLine } from '#rules/text.ts';
import { AREA_TYPES, AID_TYPES, codesOf } from '#rules/vocabulary.ts';
import {
  addStandard,
  correctStandard,
  readStandardDesk,
  removeStandard,
} from '#services/standards.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/standards';

const facts = {
  aidType: z.enum(codesOf(AID_TYPES)),
  areaType: z.enum(codesOf(AREA_TYPES)),
  amountCents: z.number(),
  effectiveFrom: z.string(),
  documentNumber: z.string(),
};
export const StandardDesk = z.strictObject({
  items: z.array(z.strictObject({ id: z.string(), ...facts, version: z.number() })),
  /** The newest first. */
  changes: z.array(
    z.strictObject({
      id: z.string(),
      change: z.enum(['add', 'edit', 'hide', 'show', 'remove']),
      note: z.string(),
      onDate: z.string(),
      personName: z.string().nullable(),
      /** What stood from then on, or was taken away. */
      content: z.strictObject(facts),
    }),
  ),
});
export const StandardOutcome = z.strictObject({
  id: z.string(),
  saved: z.boolean(),
  /** What may be right and has to be looked at once more. */
  doubts: z.array(z.string()),
});

const base = z.number().int().min(1);
const reason = z
  .string()
  .transform(cleanLine)
  .refine((value) => value !== '', '写明为什么更正。')
  .refine((value) => value.length <= 200, '不超过200个字。');
/** False: nothing is saved, and the answer says what has to be looked at. */
const confirm = z.boolean().default(false);
const Addition = z.strictObject({
  ...StandardKindField.shape,
  ...StandardFields.shape,
  /** It completes the history. */
  isEarlier: z.boolean().default(false),
  confirm,
});
const Correction = z.strictObject({ ...StandardFields.shape, base, reason, confirm });
const Removal = z.strictObject({ base, reason });
const params = z.object({ id: z.string().max(100) });

const read = createRoute({
  method: 'get',
  path: PATH,
  responses: {
    200: jsonResponse('Every standard, and what was changed', StandardDesk),
    403: errorResponse('Not who edits standards'),
  },
});
const REFUSED = {
  403: errorResponse('Not who edits standards at the bureau'),
  422: errorResponse('An amount or a date that cannot be right'),
};
const add = createRoute({
  method: 'post',
  path: PATH,
  request: jsonBody(Addition),
  responses: { 200: jsonResponse('Saved where `confirm` is set', StandardOutcome), ...REFUSED },
});
const correct = createRoute({
  method: 'post',
  path: `${PATH}/{id}`,
  request: { params, ...jsonBody(Correction) },
  responses: {
    200: jsonResponse('Saved where `confirm` is set', StandardOutcome),
    ...REFUSED,
    404: errorResponse('Not there'),
    409: errorResponse('Changed by somebody else since it was read'),
  },
});
const remove = createRoute({
  method: 'post',
  path: `${PATH}/{id}/removal`,
  request: { params, ...jsonBody(Removal) },
  responses: {
    204: { description: 'Taken away; the site follows within a minute' },
    ...REFUSED,
    404: errorResponse('Not there'),
    409: errorResponse('Changed by somebody else since it was read'),
  },
});

/** The standards of the county: one editor at the bureau, each change kept. */
export function staffStandardRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  router.use(`${PATH}/*`, requireActor(context));
  router.openapi(read, async (c) => c.json(await readStandardDesk(context, c.var.actor), 200));
  router.openapi(add, async (c) => {
    const { aidType, areaType, isEarlier, confirm, ...fields } = c.req.valid('json');
    const input = { kind: { aidType, areaType }, fields, isEarlier, confirm };
    return c.json(await addStandard(context, c.var.actor, input), 200);
  });
  router.openapi(correct, async (c) => {
    const { id } = c.req.valid('param');
    const { base, reason, confirm, ...fields } = c.req.valid('json');
    const input = { id, base, fields, reason, confirm };
    return c.json(await correctStandard(context, c.var.actor, input), 200);
  });
  router.openapi(remove, async (c) => {
    const { id } = c.req.valid('param');
    await removeStandard(context, c.var.actor, { id, ...c.req.valid('json') });
    return c.body(null, 204);
  });
  return router;
}
