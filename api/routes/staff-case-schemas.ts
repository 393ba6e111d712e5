import { z } from '@hono/zod-openapi';
import { CaseDraft, CaseText } from '#rules/case-draft.ts';
import { CASE_ANSWERS } from '#rules/case-months.ts';
import { SPOT_KINDS } from '#rules/case-spots.ts';
import { CASE_CHECKS, CASE_REASONS, CASE_STATES, CASE_STEPS } from '#rules/public-cases.ts';
import { codesOf } from '#rules/vocabulary.ts';

const state = z.enum(codesOf(CASE_STATES));
const steps = z.array(z.enum(codesOf(CASE_STEPS)));
const date = z.string().nullable();

export const CaseQuery = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, '选择表里的月份。')
    .optional(),
  /** `none`: the titles stay sealed, for those who only count. */
  titles: z.enum(['none']).optional(),
});

export const CaseList = z
  .strictObject({
    /** The titles are null where the reader holds no key. */
    items: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string().nullable(),
        body: z.string(),
        bodyCode: z.string(),
        month: z.string(),
        status: state,
        createdOn: z.string(),
        submittedOn: date,
        decidedOn: date,
        endsOn: date,
        /** What the reader can do with it now. */
        steps,
      }),
    ),
    /** Months that can be answered, the newest first. */
    months: z.array(z.string()),
    answers: z.strictObject({
      months: z.array(z.strictObject({ month: z.string(), dueOn: z.string() })),
      bodies: z.array(
        z.strictObject({
          code: z.string(),
          name: z.string(),
          mayAnswer: z.boolean(),
          months: z.array(
            z.strictObject({
              month: z.string(),
              cases: z.number(),
              answer: z.enum(codesOf(CASE_ANSWERS)),
            }),
          ),
        }),
      ),
    }),
    /** Bodies the reader writes for. */
    writes: z.array(z.strictObject({ code: z.string(), name: z.string() })),
    /** How long a case stands unless its authors say otherwise. */
    usualMonths: z.number(),
    /** Stands in the reader's forms; see services/kept-forms. */
    writer: z.string(),
  })
  .openapi('CaseList');

const spots = z.array(
  z.strictObject({ kind: z.enum(codesOf(SPOT_KINDS)), start: z.number(), end: z.number() }),
);
export const CaseView = z
  .strictObject({
    id: z.string(),
    revision: z.number(),
    status: state,
    month: z.string(),
    bodyCode: z.string(),
    body: z.string(),
    text: CaseText.nullable(),
    place: z.string().nullable(),
    spots: z.strictObject({ title: spots, happened: spots, handling: spots }).nullable(),
    note: z.string().nullable(),
    createdOn: z.string(),
    submittedOn: date,
    decidedOn: date,
    publishedOn: date,
    endsOn: date,
    withdrawnOn: date,
    reviewedOn: date,
    authors: z.array(z.string()),
    decidedBy: z.string().nullable(),
    withdrawnBy: z.string().nullable(),
    withdrawReason: z.enum(codesOf(CASE_REASONS)).nullable(),
    reviewedBy: z.string().nullable(),
    steps,
    isOwn: z.boolean(),
  })
  .openapi('CaseView');

const seen = z.strictObject({ from: state, revision: z.number().int() });
export const NewCase = CaseDraft.extend({
  /** Handed in at once, instead of being kept as a draft. */
  handIn: z.boolean().optional(),
}).openapi('NewCase');
export const CaseEdit = z
  .strictObject({ seen, text: CaseText, handIn: z.boolean().optional() })
  .openapi('CaseEdit');
export const NoCase = CaseDraft.pick({ bodyCode: true, month: true }).openapi('NoCase');
/** By hand; the rest happens by itself or comes with other words. */
const BY_HAND = [
  'hand-in',
  'discard',
  'return',
  'approve',
  'withdraw',
  'confirm',
  'restore',
] as const;
export const CaseStepBody = z
  .strictObject({
    step: z.enum(BY_HAND, { error: '选择怎么处理。' }),
    seen,
    note: z.string().max(1000, '最多1000个字，请删减。').optional(),
    reason: z.enum(codesOf(CASE_REASONS), { error: '选择撤下的原因。' }).optional(),
    checks: z
      .array(z.enum(codesOf(CASE_CHECKS)))
      .max(20)
      .optional(),
  })
  .openapi('CaseStepBody');
export const CaseId = z.strictObject({ id: z.string() });
