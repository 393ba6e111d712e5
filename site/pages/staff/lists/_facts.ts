import { LIST_KINDS, isNotice } from '#rules/list-kinds.ts';
import type { ListKind } from '#rules/list-kinds.ts';
import { refusePeriod } from '#rules/list-period.ts';
import { isNoticeLength, refuseNoticeDate } from '#rules/notice-plan.ts';
import { AID_TYPES } from '#rules/vocabulary.ts';
import type { FieldError } from '#site/lib/fields.ts';

const STATED = ['bodyCode', 'kind', 'aidType', 'period', 'reviewBodyCode'] as const;
const OF_NOTICE = ['noticeDays', 'noticeUnit', 'noticeDate', 'noticeHour'] as const;

/** What the person uploading states about a list before choosing the file; it stays in the address. */
export type ListFacts = Record<(typeof STATED)[number] | (typeof OF_NOTICE)[number], string>;

/** Fields of a notice are empty for a long-term list, whatever was typed into them. */
export function readFacts(query: URLSearchParams): ListFacts {
  const value = (name: string) => (query.get(name) ?? '').trim();
  const kind = value('kind') || 'LIST';
  const ofNotice = (name: (typeof OF_NOTICE)[number]) =>
    kind in LIST_KINDS && isNotice(kind as ListKind) ? value(name).normalize('NFKC') : '';
  return {
    bodyCode: value('bodyCode'),
    kind,
    aidType: value('aidType'),
    period: readPeriod(value('period')),
    reviewBodyCode: value('reviewBodyCode'),
    noticeDays: ofNotice('noticeDays'),
    noticeUnit: ofNotice('noticeUnit'),
    noticeDate: readDate(ofNotice('noticeDate')),
    noticeHour: ofNotice('noticeDate') ? ofNotice('noticeHour') : '',
  };
}

/** Reads 2026年10月, 2026.10 and 202610 kindly. */
function readPeriod(text: string): string {
  const [, year, month] = /^(\d{4})\D*(\d{1,2})\D*$/.exec(text.normalize('NFKC')) ?? [];
  return year && month ? `${year}-${month.padStart(2, '0')}` : text;
}

/** Reads 2026年12月1日 and 2026.12.1 kindly. */
function readDate(text: string): string {
  const [, year, month, day] = /^(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*$/.exec(text) ?? [];
  return year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
}

export function checkFacts(facts: ListFacts, today: string): FieldError[] {
  const errors: FieldError[] = [];
  const refuse = (field: string, message: string) => errors.push({ field, message });
  if (!(facts.kind in LIST_KINDS)) refuse('kind', '选择在保名单还是哪一种公示。');
  if (!(facts.aidType in AID_TYPES)) refuse('aidType', '选择救助类型。');
  const refusedPeriod = refusePeriod(facts.period, today);
  if (refusedPeriod) refuse('period', refusedPeriod);
  if (facts.reviewBodyCode === '') refuse('reviewBodyCode', '选择负责审查的单位。');
  if (facts.noticeDays !== '' && !isNoticeLength(Number(facts.noticeDays))) {
    refuse('noticeDays', '公示天数填1到60的整数。');
  }
  const refusal = refuseNoticeDate(facts.noticeDate || undefined, today);
  if (refusal) refuse('noticeDate', refusal);
  return errors;
}

/** The fields of the form that posts the file: what was not stated is not sent. */
export function statedFacts(facts: ListFacts): [string, string][] {
  return Object.entries(facts).filter(([, value]) => value !== '');
}
