import { z } from '@hono/zod-openapi';
import { REFERRAL_STATES } from '#rules/referral.ts';
import { cleanText } from '#rules/text.ts';
import { codesOf } from '#rules/vocabulary.ts';

const civilDate = z.string();
const answers = {
  sentOn: civilDate,
  receivedOn: civilDate.nullable(),
  returnedOn: civilDate.nullable(),
  feedbackOn: civilDate.nullable(),
  /** When the sender asks how it stands. */
  remindOn: civilDate,
  reminders: z.number(),
  state: z.enum(codesOf(REFERRAL_STATES)),
  overdue: z.boolean(),
};

export const ReferralQuery = z.object({
  direction: z.enum(['in', 'out'], '没有这个方向').default('out'),
  state: z
    .enum(['open', 'overdue', 'all', ...codesOf(REFERRAL_STATES)], '没有这个状态')
    .default('open'),
  after: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}_\S{1,60}$/, '没有这一页')
    .optional(),
});

export const ReferralPage = z
  .strictObject({
    items: z.array(
      z.strictObject({
        id: z.string(),
        number: z.string(),
        reference: z.string(),
        sealed: z.boolean(),
        fromName: z.string(),
        toName: z.string().nullable(),
        ...answers,
      }),
    ),
    next: z.string().optional(),
  })
  .openapi('ReferralList');
export type ReferralPage = z.infer<typeof ReferralPage>;

const counts = z.strictObject({
  waitingReceipt: z.number(),
  waitingFeedback: z.number(),
  overdue: z.number(),
});
export const ReferralCounts = z.strictObject({ out: counts, in: counts });
export type ReferralCounts = z.infer<typeof ReferralCounts>;

export const LetterBody = z
  .strictObject({
    letter: z.strictObject({
      from: z.string(),
      to: z.string(),
      number: z.string(),
      date: z.string(),
      opening: z.string(),
      sections: z.array(
        z.strictObject({
          heading: z.string(),
          lines: z.array(z.string()),
          list: z.literal(true).optional(),
        }),
      ),
      contact: z.array(z.string()),
      slip: z.string(),
      attachment: z.strictObject({ heading: z.string(), lines: z.array(z.string()) }).nullable(),
    }),
    referral: z.strictObject({
      id: z.string(),
      number: z.string(),
      reference: z.string(),
      ...answers,
    }),
    /** The receiver does not work here: it gets paper or a file. */
    outside: z.boolean(),
    mayNameReporter: z.boolean(),
  })
  .openapi('ReferralLetter');
export type LetterBody = z.infer<typeof LetterBody>;

const reason = z
  .string('写明为什么要附反映人身份')
  .transform((text) => cleanText(text).trim())
  .refine((text) => text.length >= 2, '写明为什么要附反映人身份')
  .refine((text) => text.length <= 500, '理由最多500个字');

export const NamedCopy = z.strictObject({ reason });
export const FileWish = z.strictObject({
  recipient: z
    .string('填写接收机关的公钥')
    .trim()
    .min(1, '填写接收机关的公钥')
    .max(3000, '公钥太长，从接收机关给您的原文里整行复制'),
  /** With who complained; for a discipline organ only. */
  reason: reason.optional(),
});

export const LetterWords = z.strictObject({
  items: z.array(z.strictObject({ body: z.string(), name: z.string(), word: z.string() })),
});
export type LetterWords = z.infer<typeof LetterWords>;

export const WordChange = z.strictObject({
  body: z.string().max(60),
  word: z
    .string('填写字号')
    .trim()
    .regex(/^\p{Script=Han}{2,10}$/u, '字号写2到10个汉字，例如示民移'),
});
