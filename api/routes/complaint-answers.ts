import { randomBytes } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import type { Context as RequestContext } from 'hono';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { answerOf, listOf, placeOf } from '#rules/complaint-answers.ts';
import { STEPS, findErrors } from '#rules/complaint-steps.ts';
import type { FormState, StepCode } from '#rules/complaint-steps.ts';
import {
  answerStep,
  passStep,
  removeAccused,
  reopenStep,
  startState,
} from '#rules/complaint-state.ts';
import { CODE_BYTES, makeQueryCode } from '#rules/receipt.ts';
import { carry, openForm } from '#services/complaint-drafts.ts';
import { isUntold, refuseUntold } from '#services/untold.ts';
import { classOfObjection } from '#services/notice-objection.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import { forgetCitizen, keepCitizenCookie, readCitizenCookie } from './visitor-cookies.ts';

const Answers = z.record(
  z.string().max(60),
  z.union([z.string().max(60_000), z.array(z.string().max(200)).max(60)]),
);
const draft = z.string().max(200_000);
const step = z.enum(STEPS.map(({ code }) => code));

const UnderWay = z
  .strictObject({
    draft: z.string(),
    answers: Answers,
    done: z.array(step),
    /** The browser keeps it for a quarter of an hour, so that a page can be asked for by its address. */
    kept: z.boolean(),
  })
  .openapi('FormUnderWay');

const underWay = jsonResponse('The form, sealed to the server for two hours', UnderWay);
const expired = errorResponse('`draft-expired`, or what is wrong with the answers');

const startForm = createRoute({
  method: 'post',
  path: '/api/complaints/answers/start',
  summary: '开始填写（不保存）',
  request: jsonBody(z.strictObject({ given: Answers })),
  responses: { 200: underWay },
});

const openAnswers = createRoute({
  method: 'post',
  path: '/api/complaints/answers/open',
  summary: '取回填写到一半的内容',
  request: jsonBody(z.strictObject({ draft: draft.optional() })),
  responses: { 200: underWay, 422: expired },
});

const postAnswers = createRoute({
  method: 'post',
  path: '/api/complaints/answers',
  summary: '填写一步（不保存）',
  description:
    'With `unchecked` what was typed is taken along as it is, and the step counts as open.',
  request: jsonBody(
    z.strictObject({
      draft,
      step,
      answers: Answers,
      unchecked: z.boolean().optional(),
      remove: z.number().int().min(0).max(99).optional(),
    }),
  ),
  responses: { 200: underWay, 422: expired },
});

const leave = createRoute({
  method: 'post',
  path: '/api/complaints/leave',
  summary: '清除浏览器中填写到一半的内容和回执',
  responses: { 204: { description: 'The browser forgets them' } },
});

/** The form of a complaint on its way from page to page; nothing of it is kept here. */
export function complaintAnswerRoutes(context: Context) {
  return createRouter()
    .openapi(startForm, async (c) => {
      const code = makeQueryCode(randomBytes(CODE_BYTES));
      const state = startState(code, randomBytes(6).toString('hex'), c.req.valid('json').given);
      return c.json(await carryOn(context, c, state), 200);
    })
    .openapi(openAnswers, async (c) => {
      const text = c.req.valid('json').draft ?? readCitizenCookie(context, c, 'form');
      return c.json(await carryOn(context, c, await openForm(context, text)), 200);
    })
    .openapi(postAnswers, async (c) => {
      const input = c.req.valid('json');
      const before = await openForm(context, input.draft);
      let state = answerStep(before, input.step, input.answers);
      if (input.remove !== undefined) state = removeAccused(state, input.remove);
      // Files that stood beside words do not stand in for them.
      const hasFiles = listOf(state.answers, 'evidence').length > 0;
      if (hasFiles && input.step !== 'evidence' && (await isUntold(context, state))) {
        state = reopenStep(state, 'evidence');
      }
      if (!input.unchecked) {
        await refuseErrors(context, state, input.step);
        state = passStep(state, input.step);
      }
      return c.json(await carryOn(context, c, state), 200);
    })
    .openapi(leave, (c) => {
      forgetCitizen(context, c);
      return c.body(null, 204);
    });
}

async function carryOn(context: Context, c: RequestContext, state: FormState) {
  const draft = await carry(context, 'answers', state);
  const kept = keepCitizenCookie(context, c, 'form', draft);
  const answers = state.answers as z.infer<typeof Answers>;
  return { draft, answers, done: [...state.done], kept };
}

/** What the step itself shows, whether a file that stands for words is a recording, and whether the notice has such a row. */
async function refuseErrors(context: Context, state: FormState, step: StepCode): Promise<void> {
  const errors = findErrors(state, step);
  if (Object.keys(errors).length > 0) throw new CodedError('invalid-input', errors);
  if (step === 'evidence') await refuseUntold(context, state);
  const noticeId = answerOf(state.answers, 'noticeId');
  const row = answerOf(state.answers, 'noticeRow');
  if (!noticeId || !['row', 'here', 'village', 'town'].includes(step)) return;
  await classOfObjection(context.db, context.now(), {
    class: 'NOTICE_OBJ',
    noticeId,
    noticeRow: row && placeOf(state.answers) ? Number(row) : undefined,
    placeCode: placeOf(state.answers),
  });
}
