import { z } from 'zod';
import { LATEST_DUE_DAY } from './case-months.ts';
import { LIST_KINDS, NOTICE_KINDS, NOTICE_UNITS } from './list-kinds.ts';
import { MASK_STYLES } from './masking.ts';
import { isNoticeLength } from './notice-plan.ts';
import { CASE_TERMS } from './public-cases.ts';
import { cleanLine } from './text.ts';
import { codesOf } from './vocabulary.ts';

/** Settings that the county makes for its site, and the keys under which they are kept. */
export const SITE_KEYS = {
  countyName: 'county_name',
  bureauName: 'bureau_name',
  operatorName: 'operator_name',
  icpNumber: 'icp_number',
  policeNumber: 'police_number',
  siteCode: 'site_code',
  faultReportUrl: 'fault_report_url',
} as const;
/** Those for how lists and cases are published and appeals are handled. */
export const TERM_KEYS = {
  noticeDaysReview: 'notice_days_review',
  noticeDaysConfirm: 'notice_days_confirm',
  noticeDaysRepeat: 'notice_days_repeat',
  noticeUnit: 'notice_unit',
  confirmedBy: 'confirmed_by',
  nameMask: 'name_mask',
  caseDueDay: 'case_due_day',
  caseMonths: 'case_months',
} as const;

const line = z.string().transform(cleanLine);
const name = (empty: string) =>
  line
    .refine((value) => value !== '', empty)
    .refine((value) => value.length <= 60, '不超过60个字。');
const number = (pattern: RegExp, message: string) =>
  line.refine((value) => value === '' || pattern.test(value), message).default('');

/** What the county says of itself on every page. */
export const SiteFields = z.strictObject({
  countyName: name('填写县（市、区）名称。'),
  bureauName: name('填写主办单位名称。'),
  operatorName: line.refine((value) => value.length <= 60, '不超过60个字。').default(''),
  icpNumber: number(
    /^\p{Script=Han}ICP备\d{6,10}号(-\d{1,3})?$/u,
    '写成“京ICP备12345678号-1”的样子。',
  ),
  policeNumber: number(
    /^\p{Script=Han}公网安备\s?\d{14}号$/u,
    '写成“京公网安备11010102000001号”的样子，中间是14位数字。',
  ),
  siteCode: number(/^[0-9A-Za-z]{10}$/, '网站标识码是10位。'),
  faultReportUrl: number(
    /^https:\/\/zfwzzc\.www\.gov\.cn\/\S{1,270}$/,
    '填写以 https://zfwzzc.www.gov.cn/ 开头的网址，主管单位会提供。',
  ),
});
export type SiteFields = z.infer<typeof SiteFields>;

const days = z
  .string()
  .trim()
  .refine((value) => /^\d{1,2}$/.test(value) && isNoticeLength(Number(value)), '填写1到60的天数。')
  .transform((value) => String(Number(value)));

/** How lists and cases are published and appeals are handled in this county. */
export const TermFields = z.strictObject({
  noticeDaysReview: days,
  noticeDaysConfirm: days,
  noticeDaysRepeat: days,
  noticeUnit: z.enum(codesOf(NOTICE_UNITS), '选择按什么算天数。'),
  confirmedBy: z.enum(['county', 'township'], '选择由谁确认。'),
  nameMask: z.enum(codesOf(MASK_STYLES), '选择脱敏方式。'),
  caseDueDay: line.refine(
    (value) => /^[1-9]\d?$/.test(value) && Number(value) <= LATEST_DUE_DAY,
    `填写1到${LATEST_DUE_DAY}的日子。`,
  ),
  caseMonths: z.enum(CASE_TERMS.map(String), '选择公布多久。'),
});
export type TermFields = z.infer<typeof TermFields>;

export const TERM_LABELS = Object.fromEntries(
  NOTICE_KINDS.map((kind) => [kind, `${LIST_KINDS[kind].label}的天数`]),
) as Record<(typeof NOTICE_KINDS)[number], string>;
