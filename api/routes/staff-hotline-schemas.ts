import { z } from '@hono/zod-openapi';
import { DutyFields, HotlineFields } from '#rules/hotline-fields.ts';
import { CALL_OUTCOMES, CALL_VERDICTS } from '#rules/hotline-tests.ts';
import { codesOf } from '#rules/vocabulary.ts';

const level = z.enum(['district', 'town']);
const verdict = z.enum(codesOf(CALL_VERDICTS));
const outcome = z.enum(codesOf(CALL_OUTCOMES), '选择拨打的结果。');

const facts = {
  id: z.string(),
  placeCode: z.string(),
  unit: z.string(),
  level,
  phone: z.string(),
  secondPhone: z.string(),
  contact: z.string(),
  hours: z.string(),
  position: z.number(),
  revision: z.number(),
  mayEdit: z.boolean(),
  /** `own`: of the tester's own unit; `refused`: others have to test it; null: not the reader's work. */
  testing: z.enum(['independent', 'own', 'refused']).nullable(),
  isOwn: z.boolean(),
  numbers: z.array(
    z.strictObject({
      phone: z.string(),
      testedOn: z.string().nullable(),
      verdict: verdict.nullable(),
      seconds: z.number().nullable(),
      isOutside: z.boolean(),
      /** Since the last test that counts. */
      days: z.number().nullable(),
      state: z.enum(['never', 'stale', 'failed', 'fresh']),
      attention: z.boolean(),
    }),
  ),
};
const Item = z.strictObject({ ...facts, placeName: z.string(), onDuty: z.array(z.string()) });
export type HotlineItem = z.infer<typeof Item>;
export const HotlineDesk = z.strictObject({
  items: z.array(Item),
  places: z.array(z.strictObject({ code: z.string(), name: z.string(), unit: z.string() })),
  counts: z.strictObject({ toTest: z.number(), failing: z.number(), own: z.number() }),
});
export type HotlineDesk = z.infer<typeof HotlineDesk>;

const Call = z.strictObject({
  id: z.string(),
  phone: z.string(),
  /** Epoch ms. */
  calledAt: z.number(),
  outcome,
  outcomeLabel: z.string(),
  seconds: z.number().nullable(),
  inHours: z.boolean(),
  verdict,
  verdictLabel: z.string(),
  outsideBody: z.string(),
  ownUnit: z.boolean(),
  remark: z.string(),
  by: z.string(),
  byBody: z.string(),
  status: z.enum(['valid', 'corrected', 'cancelled']),
  isCorrection: z.boolean(),
  reason: z.string(),
});
const Duty = z.strictObject({ id: z.string(), ...DutyFields.shape });
export const HotlineFile = z.strictObject({
  ...facts,
  calls: z.array(Call),
  duty: z.array(Duty),
});
export type HotlineFile = z.infer<typeof HotlineFile>;

export const CallFiguresList = z.strictObject({
  items: z.array(
    z.strictObject({
      month: z.string(),
      level,
      calls: z.number(),
      answered: z.number(),
      good: z.number(),
      defects: z.number(),
      outside: z.number(),
    }),
  ),
});
export type CallFiguresList = z.infer<typeof CallFiguresList>;

/** `isChecked`: only say whether the fields will do. */
const check = z.boolean().optional();
export const NewHotline = z.strictObject({
  placeCode: z.string({ error: '选择这部电话属于哪里。' }).min(1, '选择这部电话属于哪里。').max(40),
  fields: HotlineFields,
  checkOnly: check,
});
export const HotlineChange = z.strictObject({
  revision: z.number().int(),
  fields: HotlineFields,
  checkOnly: check,
});
export const HotlineEnd = z.strictObject({ revision: z.number().int() });
export const Saved = z.strictObject({ id: z.string(), saved: z.boolean() });

const SECONDS = '填写响铃多少秒后接通，例如 12。';
const reason = z
  .string({ error: '填写原因。' })
  .trim()
  .min(1, '填写原因。')
  .max(200, '不超过200字。');
export const CallInput = z.strictObject({
  phone: z.string({ error: '选择拨打的号码。' }).max(20),
  calledOn: z.string({ error: '填写拨打的日期，例如2026-11-20。' }).max(20),
  calledAt: z.string({ error: '填写拨打的时间，例如9:30。' }).max(10),
  outcome,
  seconds: z.number({ error: SECONDS }).int(SECONDS).min(0, SECONDS).max(600, SECONDS).nullable(),
  inHours: z.boolean().nullable(),
  outsideBody: z.string().trim().max(60, '不超过60字。'),
  remark: z.string().trim().max(500, '不超过500字。'),
});
export const CallCorrection = z.strictObject({ reason, call: CallInput });
export const CallCancellation = z.strictObject({ reason });
export const CallResult = z.strictObject({ id: z.string(), verdict });
export const DutyCopy = z.strictObject({ month: z.string().max(7) });
export const DutyCopied = z.strictObject({ lines: z.number() });
