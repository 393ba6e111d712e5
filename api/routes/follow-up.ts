import { createRoute, z } from '@hono/zod-openapi';
import type { Context as RequestContext } from 'hono';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { LIMITS } from '#rules/complaint.ts';
import { EVIDENCE_LIMITS, EVIDENCE_WORDS } from '#rules/evidence.ts';
import { RATINGS, WISHES } from '#rules/follow-up.ts';
import { PUBLIC_STATUSES } from '#rules/lifecycle-states.ts';
import { cleanText, countCharacters, isBlank } from '#rules/text.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { disputeCode } from '#services/former-codes.ts';
import { giveNewCode } from '#services/new-code.ts';
import { readFollowUp } from '#services/follow-up.ts';
import { writeToStaff } from '#services/follow-up-write.ts';
import { keepPace } from '#services/intake-load.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import { sourceOf } from './source.ts';

const queryCode = z
  .string('填写查询码')
  .max(100, '查询码有误，核对后再输入一次。')
  .refine((code) => code.trim() !== '', '填写查询码');

const text = z
  .string('填写内容')
  .transform((typed) => cleanText(typed).trim())
  .refine((typed) => countCharacters(typed) <= LIMITS.text, `内容最多${LIMITS.text}个字`);

/** What whoever asks about a complaint may be told, by code or by telephone. */
export const PublicStatus = z.strictObject({
  reference: z.string(),
  status: z.enum(codesOf(PUBLIC_STATUSES)),
  statusLabel: z.string(),
  nextStep: z.string(),
  receivedOn: z.string(),
  dueOn: z.string().optional(),
});

const FollowUp = PublicStatus.extend({
  history: z.array(z.strictObject({ onDate: z.string(), note: z.string() })),
  messages: z.array(
    z.strictObject({
      kind: z.enum(['question', 'reply', 'answer', 'supplement']),
      onDate: z.string(),
      text: z.string(),
    }),
  ),
  hasOpenQuestion: z.boolean(),
  mayWrite: z.boolean(),
  wishes: z.array(z.enum(codesOf(WISHES))),
  remindFrom: z.string().optional(),
  reviewUntil: z.string().optional(),
  codes: z
    .strictObject({
      mine: z.enum(['old', 'new']),
      changedOn: z.string(),
      until: z.string(),
      disputed: z.boolean(),
    })
    .optional(),
}).openapi('FollowUp');

/** A reminder and a rating may do without words. */
const WORDLESS: readonly (string | undefined)[] = ['remind', 'rate'];

/** Words, files that were uploaded, or both. */
const Message = z
  .strictObject({
    queryCode,
    text: text.optional(),
    wish: z.enum(codesOf(WISHES)).optional(),
    rating: z.enum(codesOf(RATINGS), '选择满意不满意').optional(),
    evidence: z
      .array(z.string().max(80), '附件编号有误')
      .max(EVIDENCE_LIMITS.files, EVIDENCE_WORDS.tooMany)
      .optional(),
  })
  .refine(
    ({ text: typed, wish, evidence }) =>
      WORDLESS.includes(wish) || !isBlank(typed ?? '') || evidence?.length,
    { path: ['text'], message: '填写内容' },
  )
  .refine(({ rating, wish }) => (wish === 'rate') === (rating !== undefined), {
    path: ['rating'],
    message: '选择满意不满意',
  });

const unknownCode = errorResponse('`code-mistyped` or `code-unknown`');

const postFollowUp = createRoute({
  method: 'post',
  path: '/api/follow-up',
  summary: '用查询码查看进度',
  request: jsonBody(z.strictObject({ queryCode })),
  responses: {
    200: jsonResponse('Status, dates and messages; never the complaint itself', FollowUp),
    404: unknownCode,
    422: errorResponse('No code was given'),
  },
});

const postMessage = createRoute({
  method: 'post',
  path: '/api/follow-up/messages',
  summary: '用查询码回答问题或补充情况',
  request: jsonBody(Message),
  responses: {
    204: { description: 'Kept' },
    404: unknownCode,
    409: errorResponse('`state-changed`: look again'),
    422: errorResponse('Nothing was written, or too much'),
  },
});

const postNewCode = createRoute({
  method: 'post',
  path: '/api/follow-up/code',
  summary: '查询码被人看到，换一个新的',
  request: jsonBody(z.strictObject({ queryCode, newCode: queryCode })),
  responses: {
    200: jsonResponse(
      'The new code; for 90 days the old one opens what it opened before, and may be spoken up for',
      z.strictObject({ reference: z.string(), queryCode: z.string() }),
    ),
    404: unknownCode,
    409: errorResponse('`code-replaced`: the new one was replaced before'),
    422: errorResponse('No code was given'),
  },
});

const postDispute = createRoute({
  method: 'post',
  path: '/api/follow-up/code/dispute',
  summary: '用原来的查询码说明不是本人换的码',
  request: jsonBody(
    z.strictObject({
      queryCode,
      text: text.refine((typed) => !isBlank(typed), '写明您当时反映的是什么事'),
    }),
  ),
  responses: {
    204: { description: 'Kept for those who handle the matter, unseen by the new code' },
    404: unknownCode,
    409: errorResponse('`state-changed`: it was said before'),
    422: errorResponse('Nothing was written, or too much'),
  },
});

export function followUpRoutes(context: Context) {
  /** Who tries codes waits, longer each time; a code that is right never does, whoever else tried it. */
  async function paced<T>(c: RequestContext, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof CodedError && error.code === 'code-unknown') {
        await keepPace(context, 'wrongCode', sourceOf(c));
      }
      throw error;
    }
  }
  return createRouter()
    .openapi(postFollowUp, async (c) => {
      c.header('Cache-Control', 'no-store');
      const { queryCode: code } = c.req.valid('json');
      return c.json(await paced(c, () => readFollowUp(context, code)), 200);
    })
    .openapi(postMessage, async (c) => {
      const message = c.req.valid('json');
      await paced(c, () => writeToStaff(context, { ...message, text: message.text ?? '' }));
      return c.body(null, 204);
    })
    .openapi(postDispute, async (c) => {
      const said = c.req.valid('json');
      await paced(c, () => disputeCode(context, said));
      return c.body(null, 204);
    })
    .openapi(postNewCode, async (c) => {
      const change = c.req.valid('json');
      return c.json(await paced(c, () => giveNewCode(context, change)), 200);
    });
}
