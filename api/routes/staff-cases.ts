import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { takeCaseStep } from '#services/case-steps.ts';
import { listCasesFor, readCaseView } from '#services/case-view.ts';
import { createCase, editCase, reportNoCase } from '#services/cases.ts';
import { writerMark } from '#services/kept-forms.ts';
import { readCaseSettings } from '#services/settings.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import {
  CaseEdit,
  CaseId,
  CaseList,
  CaseQuery,
  CaseStepBody,
  CaseView,
  NewCase,
  NoCase,
} from './staff-case-schemas.ts';

const PATH = '/api/staff/cases';
const params = z.object({ id: z.string().max(60) });
const PERSONAL = errorResponse('Something is missing, or a number or a listed name stands in it');

const list = createRoute({
  method: 'get',
  path: PATH,
  request: { query: CaseQuery },
  responses: {
    200: jsonResponse('Cases within reach, and who has answered for which month', CaseList),
    403: errorResponse('Not who works on cases'),
  },
});
const create = createRoute({
  method: 'post',
  path: PATH,
  request: jsonBody(NewCase),
  responses: {
    201: jsonResponse('Stored, sealed to the body and its reviewers', CaseId),
    403: errorResponse('Not who writes for this body'),
    422: PERSONAL,
  },
});
const none = createRoute({
  method: 'post',
  path: `${PATH}/none`,
  request: jsonBody(NoCase),
  responses: {
    204: { description: 'The body had no case in this month' },
    403: errorResponse('Not who writes for this body'),
    409: errorResponse('Said already, or a case was handed in'),
  },
});
const read = createRoute({
  method: 'get',
  path: `${PATH}/{id}`,
  request: { params },
  responses: {
    200: jsonResponse('A case, with what may tell who somebody is', CaseView),
    404: errorResponse('Not there, or not within reach'),
  },
});
const edit = createRoute({
  method: 'post',
  path: `${PATH}/{id}`,
  request: { params, ...jsonBody(CaseEdit) },
  responses: {
    204: { description: 'Other words, sealed' },
    403: errorResponse('Not who writes for this body'),
    404: errorResponse('Not there, or not within reach'),
    409: errorResponse('Changed meanwhile, or nobody can change it now'),
    422: PERSONAL,
  },
});
const take = createRoute({
  method: 'post',
  path: `${PATH}/{id}/steps`,
  request: { params, ...jsonBody(CaseStepBody) },
  responses: {
    204: { description: 'Done; what leaves the site is gone within a minute' },
    403: errorResponse('Not for this person: another one has to'),
    404: errorResponse('Not there, or not within reach'),
    409: errorResponse('Changed meanwhile, or not from this state'),
    422: PERSONAL,
  },
});

/** 通报曝光: what bodies hand in every month, the second person's review, and taking down. */
export function staffCaseRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  router.use(`${PATH}/*`, requireActor(context));

  router.openapi(list, async (c) => {
    const found = await listCasesFor(context, c.var.actor, c.req.valid('query'));
    const { months: usualMonths } = await readCaseSettings(context.db);
    return c.json({ ...found, usualMonths, writer: writerMark(context, c.var.actor) }, 200);
  });
  router.openapi(create, async (c) => {
    const { handIn, ...draft } = c.req.valid('json');
    const { actor } = c.var;
    const id = await createCase(context, actor, draft);
    const seen = { from: 'draft', revision: 1 } as const;
    if (handIn) await takeCaseStep(context, actor, id, 'hand-in', { seen });
    return c.json({ id }, 201);
  });
  router.openapi(none, async (c) => {
    await reportNoCase(context, c.var.actor, c.req.valid('json'));
    return c.body(null, 204);
  });
  router.openapi(read, async (c) =>
    c.json(await readCaseView(context, c.var.actor, c.req.valid('param').id), 200),
  );
  router.openapi(edit, async (c) => {
    const { handIn, ...change } = c.req.valid('json');
    const { id } = c.req.valid('param');
    const { actor } = c.var;
    await editCase(context, actor, id, change);
    const seen = { from: 'draft', revision: change.seen.revision + 1 } as const;
    if (handIn) await takeCaseStep(context, actor, id, 'hand-in', { seen });
    return c.body(null, 204);
  });
  router.openapi(take, async (c) => {
    const { step, ...input } = c.req.valid('json');
    await takeCaseStep(context, c.var.actor, c.req.valid('param').id, step, input);
    return c.body(null, 204);
  });
  return router;
}
