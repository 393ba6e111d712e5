import { addMonths, formatMonth, isMonth } from './civil-date.ts';

/** The next month's list may come early; one later stands for a mistyped year, and would outlast all that follow. */
const MONTHS_AHEAD = 1;

/** What is wrong with the month of a list, in words for the field; null where nothing is. */
export function refusePeriod(period: string, today: string): string | null {
  if (!isMonth(period)) return '填写名单的月份，例如2026-10。';
  const latest = addMonths(today.slice(0, 7), MONTHS_AHEAD);
  return period > latest ? `${formatMonth(period)}还早，核对年份和月份。` : null;
}
