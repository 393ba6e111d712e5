import { z } from '@hono/zod-openapi';
import { isMonth } from '#rules/civil-date.ts';
import { LIST_KINDS, NOTICE_KINDS, NOTICE_UNITS } from '#rules/list-kinds.ts';
import { isNoticeLength } from '#rules/notice-plan.ts';
import { AID_TYPES, codesOf } from '#rules/vocabulary.ts';

/** The fields of an upload beside its files; messages stand beside the field. */
export const UploadFields = z.object({
  kind: z.enum(codesOf(LIST_KINDS), { error: '选择在保名单还是哪一种公示。' }).default('LIST'),
  bodyCode: z.string().min(1).max(40).optional(),
  aidType: z.enum(codesOf(AID_TYPES), { error: '选择救助类型。' }),
  period: z
    .string({ error: '填写名单的月份，例如2026-10。' })
    .refine(isMonth, '填写名单的月份，例如2026-10。'),
  reviewBodyCode: z
    .string({ error: '选择负责审查的单位。' })
    .min(1, '选择负责审查的单位。')
    .max(40),
  /** Of a notice; the rest is the county's default. */
  noticeDays: z
    .string()
    .transform(Number)
    .refine(isNoticeLength, '公示天数填1到60的整数。')
    .optional(),
  noticeUnit: z.enum(codesOf(NOTICE_UNITS), { error: '选择按日还是按工作日。' }).optional(),
  /** Civil date and hour from which it runs at the earliest; absent: from its approval. */
  noticeDate: z.string().max(10).optional(),
  noticeHour: z
    .string()
    .regex(/^(\d|1\d|2[0-3])$/, '选择钟点。')
    .transform(Number)
    .optional(),
});

export const UploadResult = z.strictObject({
  id: z.string(),
  households: z.number(),
  persons: z.number(),
  amountCents: z.number(),
  rejected: z.number(),
  warnings: z.number(),
});

const NamedBody = z.strictObject({ code: z.string(), name: z.string() });
export const UploadOptions = z.strictObject({
  bodies: z.array(z.strictObject({ ...NamedBody.shape, reviewBodies: z.array(NamedBody) })),
  /** How long notices run in this county unless the upload says otherwise. */
  notice: z.strictObject({
    days: z.record(z.enum(NOTICE_KINDS), z.number()),
    unit: z.enum(codesOf(NOTICE_UNITS)),
  }),
});
