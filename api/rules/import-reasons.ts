import { DUPLICATE_REASONS } from './duplicate-aid.ts';
import { REJECTION_REASONS, WARNINGS, WITHHOLDING_REASONS } from './recipient.ts';

/** What the importer can say of a line. */
export const PROBLEM_KINDS = {
  rejected: '未收录',
  withheld: '收录但不公开',
  warning: '请核对',
} as const;

const WORDS: Record<string, string> = {
  ...REJECTION_REASONS,
  ...WARNINGS,
  ...WITHHOLDING_REASONS,
  ...DUPLICATE_REASONS,
  registered: '在保护名册中',
  held: '有异议，处理期间暂缓公开',
};

/** The Chinese words of a reason code; an unknown code is shown as it is. */
export function describeReason(code: string): string {
  return WORDS[code] ?? code;
}
