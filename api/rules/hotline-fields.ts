import { z } from 'zod';
import { hasPrivateNumber } from './private-numbers.ts';

/** What a published number may be. */
const NUMBERS: readonly RegExp[] = [
  // 12345, 96110
  /^\d{3,6}$/,
  // With the area code, and an extension where there is one.
  /^0\d{2,3}-?\d{7,8}(-\d{1,6})?$/,
  /^1[3-9]\d{9}$/,
  /^[48]00-?\d{3}-?\d{4}$/,
];
const NUMBER_WORDS = '填写能直接拨打的号码，座机写上区号，例如0000-8000001。';

export function isHotlineNumber(text: string): boolean {
  return NUMBERS.some((shape) => shape.test(text));
}

const open = (most: number, words: string) =>
  z
    .string({ error: words })
    .trim()
    .max(most, `不超过${most}字。`)
    .refine((text) => !hasPrivateNumber(text), '这里不写手机号码、证件号码，电话写在“电话”一栏。');
const phone = z.string({ error: NUMBER_WORDS }).trim();

/** What an editor writes of a hotline; all of it is published. */
export const HotlineFields = z
  .strictObject({
    unit: open(60, '填写单位名称。').min(1, '填写单位名称。'),
    phone: phone.refine(isHotlineNumber, NUMBER_WORDS),
    secondPhone: phone.refine((text) => text === '' || isHotlineNumber(text), NUMBER_WORDS),
    contact: open(60, '填写联系人。'),
    hours: open(100, '填写接听时间。').min(
      1,
      '填写接听时间，例如 工作日 8:30-12:00，14:00-17:30。',
    ),
    position: z
      .number({ error: '填写1到99的数字。' })
      .int('填写1到99的数字。')
      .min(1, '填写1到99的数字。')
      .max(99, '填写1到99的数字。'),
  })
  .refine((fields) => fields.phone !== fields.secondPhone, {
    path: ['secondPhone'],
    message: '两个号码一样，只填一个。',
  });
export type HotlineFields = z.infer<typeof HotlineFields>;

/** A line of the duty roster; what the unit wants published. */
export const DutyFields = z.strictObject({
  fromDate: z.string(),
  toDate: z.string(),
  hours: open(60, '填写值班时间。'),
  who: open(60, '填写值班岗位或者人员。').min(1, '填写值班岗位或者人员。'),
});
export type DutyFields = z.infer<typeof DutyFields>;
