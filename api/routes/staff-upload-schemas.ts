import { z } from '@hono/zod-openapi';
import { isMonth } from '#rules/civil-date.ts';
import { AID_TYPES, codesOf } from '#rules/vocabulary.ts';

/** The fields of an upload beside its files; messages stand beside the field. */
export const UploadFields = z.object({
  bodyCode: z.string().min(1).max(40).optional(),
  aidType: z.enum(codesOf(AID_TYPES), { error: '选择救助类型。' }),
  period: z
    .string({ error: '填写名单的月份，例如2026-10。' })
    .refine(isMonth, '填写名单的月份，例如2026-10。'),
  reviewBodyCode: z
    .string({ error: '选择负责审查的单位。' })
    .min(1, '选择负责审查的单位。')
    .max(40),
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
});
