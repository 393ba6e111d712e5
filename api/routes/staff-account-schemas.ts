import { z } from '@hono/zod-openapi';
import { ACCOUNT_STATES, POST_STANDINGS } from '#rules/account-states.ts';
import { isDate } from '#rules/civil-date.ts';
import { ROLES } from '#rules/roles.ts';
import { cleanLine } from '#rules/text.ts';
import { codesOf } from '#rules/vocabulary.ts';

const line = (words: string, most: number) =>
  z
    .string(words)
    .transform(cleanLine)
    .refine((text) => text.length > 0, words)
    .refine((text) => text.length <= most, `最多${most}个字`);
const email = z
  .string()
  .trim()
  .max(200, '邮箱过长')
  .refine(
    (text) => text === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text),
    '邮箱不完整，例如 name@example.cn',
  )
  .default('');
const date = (words: string) => z.string(words).trim().refine(isDate, words);

export const PostInput = z.strictObject({
  bodyCode: z.string('选择单位').min(1, '选择单位').max(80),
  role: z.enum(codesOf(ROLES), '选择岗位'),
  startsOn: date('填写开始日期，例如 2026-11-20'),
  endsOn: z
    .string()
    .trim()
    .refine((text) => text === '' || isDate(text), '填写日期，例如 2027-11-20，或者留空')
    .transform((text) => text || null)
    .default(null),
});
/** In the order of the form, which is that of its messages. */
export const PersonInput = z.strictObject({
  name: line('填写姓名', 40),
  email,
  ...PostInput.shape,
});
export const PersonChange = z.strictObject({ name: line('填写姓名', 40), email });
export const EndInput = z.strictObject({ endsOn: date('填写结束日期，例如 2026-11-20') });
export const InviteInput = z.strictObject({
  login: z.string().trim().max(60, '账号过长').default(''),
});

const StaffPost = z.strictObject({
  id: z.string(),
  bodyCode: z.string(),
  bodyName: z.string(),
  role: z.string(),
  roleLabel: z.string(),
  startsOn: z.string(),
  endsOn: z.string().nullable(),
  standing: z.enum(codesOf(POST_STANDINGS)),
  mayEnd: z.boolean(),
});
export const StaffPerson = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    login: z.string().nullable(),
    state: z.enum(codesOf(ACCOUNT_STATES)),
    /** Until when the present link may be used, epoch ms. */
    invitedUntil: z.number().nullable(),
    isSelf: z.boolean(),
    mayChange: z.boolean(),
    posts: z.array(StaffPost),
  })
  .openapi('StaffPerson');
export type StaffPerson = z.infer<typeof StaffPerson>;
export const StaffList = z.strictObject({
  items: z.array(StaffPerson),
  /** Bodies in reach, with the roles each may have. */
  bodies: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      kind: z.string(),
      roles: z.array(z.string()),
    }),
  ),
});

const secret = z.string('输入口令').min(1, '输入口令').max(400, '口令过长');
const code = z.string('输入动态码').trim().min(1, '输入动态码').max(20, '动态码是6位数字');

export const OpenInvitation = z.strictObject({
  token: z.string().max(100),
  code: z.string('输入口头告知的验证码').trim().min(1, '输入口头告知的验证码').max(40),
});
export const OpenedInvitation = z.strictObject({
  kind: z.enum(['join', 'reset']),
  name: z.string(),
  login: z.string(),
  secret: z.string(),
  address: z.string(),
  draft: z.string(),
});
export const AcceptInvitation = z.strictObject({
  draft: z.string().max(4000),
  passphrase: z.string().max(400, '口令过长').default(''),
  again: z.string().max(400).default(''),
  totp: z.string().trim().max(20, '动态码是6位数字').default(''),
});

export const OwnAccount = z.strictObject({
  login: z.string(),
  secondDevice: z.boolean(),
  sessions: z.array(
    z.strictObject({
      since: z.number(),
      seen: z.number(),
      current: z.boolean(),
      sameDevice: z.boolean(),
    }),
  ),
});
export const NewPassphrase = z.strictObject({
  current: secret,
  next: z.string().max(400, '口令过长').default(''),
  again: z.string().max(400).default(''),
});
export const NewDevice = z.strictObject({
  secret: z.string(),
  address: z.string(),
  draft: z.string(),
});
export const AddDevice = z.strictObject({
  draft: z.string().max(4000),
  passphrase: secret,
  totp: code,
});
export const RemoveDevice = z.strictObject({
  device: z.enum(['first', 'second'], '选择要停用的手机'),
  passphrase: secret,
});

const KeyPerson = z.strictObject({ accountId: z.string(), name: z.string(), posts: z.string() });
export const BodyKeys = z
  .strictObject({
    items: z.array(
      z.strictObject({
        bodyCode: z.string(),
        bodyName: z.string(),
        /** `none`: the body has no key yet; `missing`: the person signed in has not got it. */
        own: z.enum(['none', 'held', 'missing']),
        createdOn: z.string().nullable(),
        papersOn: z.string().nullable(),
        renewFrom: z.string().nullable(),
        holders: z.array(KeyPerson),
        waiting: z.array(KeyPerson),
        resealing: z.strictObject({ done: z.number().nullable(), running: z.boolean() }),
        events: z.array(
          z.strictObject({
            at: z.number(),
            kind: z.string(),
            words: z.string(),
          }),
        ),
      }),
    ),
  })
  .openapi('BodyKeys');
export type BodyKeys = z.infer<typeof BodyKeys>;
/** Bodies without a key, keys one has not got, colleagues who wait, keys to be replaced. */
export const KeyWork = z.strictObject({
  none: z.number(),
  missing: z.number(),
  waiting: z.number(),
  renewals: z.number(),
});
export const Papers = z.strictObject({
  bodyCode: z.string(),
  first: z.string(),
  second: z.string(),
});
