import { addDays } from './civil-date.ts';

/**
 * Days for which a query code that was replaced still opens what it could open before. Who replaced it may be
 * its reporter, because somebody saw it, or whoever saw it: neither may lose by that. So the new code alone
 * reads and writes what comes after, and the old one can say that the change was not its holder's.
 */
export const FORMER_CODE_DAYS = 90;

export function formerCodeUntil(replacedOn: string): string {
  return addDays(replacedOn, FORMER_CODE_DAYS);
}

/** The first day of which a replacement still counts. */
export function formerCodesSince(today: string): string {
  return addDays(today, -FORMER_CODE_DAYS);
}

export const CODE_DECISIONS = {
  KEEP: '是本人换的，停用原来的查询码',
  RESTORE: '不是本人换的，恢复原来的查询码',
} as const;
