import { z } from 'zod';
import { isDate } from './civil-date.ts';
import { cleanLine, cleanText, isBlank } from './text.ts';

/** Kinds of texts that staff edit, and the folder of the site where each kind stands. */
export const TEXT_SECTIONS = {
  procedure: { label: '办事指南', base: '/procedures/' },
  policy: { label: '政策法规', base: '/policies/' },
  form: { label: '表格', base: '/forms/' },
  /** Pages of every portal: they are edited, never added or taken away. */
  site: { label: '网站说明', base: '/' },
} as const;
export type TextSection = keyof typeof TEXT_SECTIONS;

export function addressOfText({ section, slug }: { section: TextSection; slug: string }): string {
  return `${TEXT_SECTIONS[section].base}${slug}/`;
}

export const MOST_CHARACTERS = 20_000;
const MOST_LINES = 12;
const line = (most: number) =>
  z
    .string()
    .max(most * 2)
    .transform(cleanLine)
    .refine((value) => value.length <= most, `不超过${most}个字。`)
    .default('');
const optionalDate = z
  .string()
  .trim()
  .refine((value) => value === '' || isDate(value), '填写日期，例如 2026-07-01。')
  .default('');
const lines = z
  .string()
  .max(4000, '太长，精简一些。')
  .transform((value) => cleanText(value).split('\n').map(cleanLine).filter(Boolean).join('\n'))
  .refine((value) => value.split('\n').length <= MOST_LINES, `不超过${MOST_LINES}行。`)
  .refine((value) => value.split('\n').every((each) => each.length <= 200), '每一行不超过200个字。')
  .default('');

/** What staff fill in for a text. */
export const TextFields = z.strictObject({
  title: line(60).refine((value) => value !== '', '填写标题。'),
  /** Lines `名称：内容`, Markdown within a line. */
  overview: lines.refine(
    (value) => value === '' || value.split('\n').every((each) => readOverviewLine(each) !== null),
    '每一行写成“名称：内容”，例如“办理时限：30个工作日”。',
  ),
  markdown: z
    .string()
    .max(MOST_CHARACTERS * 2, `不超过${MOST_CHARACTERS}个字。`)
    .transform(cleanText)
    .refine((value) => !isBlank(value), '填写正文。')
    .refine((value) => value.length <= MOST_CHARACTERS, `不超过${MOST_CHARACTERS}个字。`),
  /** One basis a line. */
  legalBasis: lines.refine((value) => value !== '', '写明依据，一行一个。'),
  position: z
    .number({ error: '填写数字，小的排在前面。' })
    .int('填写整数。')
    .min(0, '填写0以上的数字。')
    .max(9999, '填写9999以内的数字。'),
  issuer: line(100),
  documentNumber: line(100),
  issuedOn: optionalDate,
  effectiveFrom: optionalDate,
  endedOn: optionalDate,
  sourceUrl: z
    .string()
    .trim()
    .max(300, '网址太长。')
    .refine(
      (value) => value === '' || /^https?:\/\/[^\s/]+\.[^\s/]+(\/\S*)?$/.test(value),
      '填写完整的网址，例如 https://www.mca.gov.cn/ 。',
    )
    .default(''),
});
export type TextFields = z.infer<typeof TextFields>;

/** What a policy has to say of itself: who made it and from when it holds. */
export function findPolicyGaps(fields: TextFields): Partial<Record<keyof TextFields, string>> {
  const { issuer, effectiveFrom, endedOn, issuedOn } = fields;
  return {
    ...(issuer === '' && { issuer: '填写制定（发布）机关。' }),
    ...(effectiveFrom === '' && { effectiveFrom: '填写从哪天起施行。' }),
    ...(issuedOn !== '' &&
      effectiveFrom !== '' &&
      issuedOn > effectiveFrom && { issuedOn: '公布日期晚于施行日期，核对一下。' }),
    ...(endedOn !== '' &&
      effectiveFrom !== '' &&
      endedOn <= effectiveFrom && { endedOn: '停止执行的日期要晚于施行日期。' }),
  };
}

/** `办理时限：30个工作日` → its name and what it says; null where there is no name. */
export function readOverviewLine(text: string): { label: string; text: string } | null {
  const [, label = '', rest = ''] = /^([^：:[\]()]{1,12})[：:](.+)$/.exec(text) ?? [];
  return label.trim() && rest.trim() ? { label: label.trim(), text: rest.trim() } : null;
}

/** Whether a document holds on a civil date. Without a first day it is taken to hold. */
export function standingOf(
  { effectiveFrom, endedOn }: { effectiveFrom: string; endedOn: string },
  today: string,
): 'future' | 'current' | 'ended' {
  if (effectiveFrom > today) return 'future';
  return endedOn !== '' && endedOn <= today ? 'ended' : 'current';
}

export const NO_DOCUMENT = {
  issuer: '',
  documentNumber: '',
  issuedOn: '',
  effectiveFrom: '',
  endedOn: '',
  sourceUrl: '',
};

/** A text as it goes through the airlock, and as its preview shows it. */
export function toPublicText(
  section: TextSection,
  text: typeof NO_DOCUMENT & { title: string; overview: string; markdown: string },
) {
  const { title, markdown, issuer, documentNumber } = text;
  const { issuedOn, effectiveFrom, endedOn, sourceUrl } = text;
  const document = { issuer, documentNumber, issuedOn, effectiveFrom, endedOn, sourceUrl };
  return {
    title,
    markdown,
    overview: text.overview
      .split('\n')
      .map(readOverviewLine)
      .filter((line) => line !== null),
    document: section === 'policy' ? document : null,
  };
}
