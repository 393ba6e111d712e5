import { z } from 'zod';
import { isDate, isMonth } from './civil-date.ts';
import { CASE_SOURCES, CASE_TERMS } from './public-cases.ts';
import { isBlank } from './text.ts';
import { codesOf } from './vocabulary.ts';

/** What is asked of a case, and its limits. */

export const CASE_LIMITS = { title: 60, happened: 3000, handling: 2000 } as const;

function words(field: keyof typeof CASE_LIMITS, missing: string) {
  const limit = CASE_LIMITS[field];
  return z
    .string({ error: missing })
    .max(limit, `最多${limit}个字，请删减。`)
    .refine((text) => !isBlank(text), missing);
}

/** The case itself; sealed until it is approved. */
export const CaseText = z.strictObject({
  title: words('title', '填写标题。').refine((title) => !title.includes('\n'), '标题写在一行里。'),
  happened: words('happened', '写明违规事实。'),
  handling: words('handling', '写明处理结果。'),
  /** A place of the directory; null: of no one place. */
  placeCode: z.string().max(40).nullable(),
  caseOn: z.string({ error: '填写处理日期。' }).refine(isDate, '填写存在的日期，例如2026-11-01。'),
  source: z.enum(codesOf(CASE_SOURCES), { error: '选择来源。' }),
  months: z.literal(CASE_TERMS, { error: '选择公布多久。' }),
  /** Reference of the lead it came from, for staff who may see that lead. */
  lead: z.string().max(40).nullable(),
});
export type CaseText = z.infer<typeof CaseText>;

export const CaseDraft = z.strictObject({
  bodyCode: z.string({ error: '选择报送单位。' }).min(1, '选择报送单位。').max(60),
  month: z.string({ error: '选择月份。' }).refine(isMonth, '选择月份。'),
  text: CaseText,
});
export type CaseDraft = z.infer<typeof CaseDraft>;
