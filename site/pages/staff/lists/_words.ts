import { LIST_STATUSES } from '#rules/list-lifecycle.ts';
import { AID_TYPES } from '#rules/vocabulary.ts';
import type { AidType } from '#rules/vocabulary.ts';

/** States of a list, in a word and a colour. */
export const BATCH_STATUS = {
  review: { ...LIST_STATUSES.review, kind: 'active' },
  approved: { ...LIST_STATUSES.approved, kind: 'done' },
  rejected: { ...LIST_STATUSES.rejected, kind: 'late' },
  withdrawn: { ...LIST_STATUSES.withdrawn, kind: 'plain' },
} as const;

export function nameAidType(code: string): string {
  return AID_TYPES[code as AidType] ?? code;
}

/** Where in the file: `家庭表 Sheet1 第12行`. */
export function describeLine(problem: {
  file: 'households' | 'persons';
  sheet: string | null;
  line: number;
}): string {
  const file = problem.file === 'persons' ? '人员表 ' : '';
  const sheet = problem.sheet ? `${problem.sheet} ` : '';
  return `${file}${sheet}第${problem.line}行`;
}

/** Shown instead of a name where the web shows none. */
export const VISIBILITY = {
  withheld: '不公开',
  'taken-down': '已撤下',
  held: '暂缓公开',
  left: '已退出',
} as const;
