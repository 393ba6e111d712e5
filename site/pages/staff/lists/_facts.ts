import { isMonth } from '#rules/civil-date.ts';
import { AID_TYPES } from '#rules/vocabulary.ts';
import type { FieldError } from '#site/lib/fields.ts';

/** What the person uploading states about a list before choosing the file; it stays in the address. */
export type ListFacts = Record<'bodyCode' | 'aidType' | 'period' | 'reviewBodyCode', string>;

export function readFacts(query: URLSearchParams): ListFacts {
  const value = (name: string) => (query.get(name) ?? '').trim();
  return {
    bodyCode: value('bodyCode'),
    aidType: value('aidType'),
    period: readPeriod(value('period')),
    reviewBodyCode: value('reviewBodyCode'),
  };
}

/** Reads 2026年10月, 2026.10 and 202610 kindly. */
function readPeriod(text: string): string {
  const [, year, month] = /^(\d{4})\D*(\d{1,2})\D*$/.exec(text.normalize('NFKC')) ?? [];
  return year && month ? `${year}-${month.padStart(2, '0')}` : text;
}

export function checkFacts(facts: ListFacts): FieldError[] {
  const errors: FieldError[] = [];
  if (!(facts.aidType in AID_TYPES)) errors.push({ field: 'aidType', message: '选择救助类型。' });
  if (!isMonth(facts.period)) {
    errors.push({ field: 'period', message: '填写名单的月份，例如2026-10。' });
  }
  if (facts.reviewBodyCode === '') {
    errors.push({ field: 'reviewBodyCode', message: '选择负责审查的单位。' });
  }
  return errors;
}
