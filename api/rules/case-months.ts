import { addMonths } from './civil-date.ts';

/** Each month the townships and the bureau hand in their cases, or say that there are none. */

/** Day of the following month by which a month is answered; a county may choose another. */
export const USUAL_DUE_DAY = 15;
/** Days every month has. */
export const LATEST_DUE_DAY = 28;

export const CASE_ANSWERS = {
  cases: '已报送',
  none: '本月无',
  open: '未报送',
  missing: '逾期未报',
} as const;
export type CaseAnswer = keyof typeof CASE_ANSWERS;

/** Last civil date on which the answer for a month is in time. */
export function caseDueOn(month: string, dueDay: number): string {
  return `${addMonths(month, 1)}-${String(dueDay).padStart(2, '0')}`;
}

/** How a body stands to a month: nothing said is missing once the day has passed, and never the same as none. */
export function answerOf(
  said: { cases: number; isNone: boolean },
  { month, dueDay, today }: { month: string; dueDay: number; today: string },
): CaseAnswer {
  if (said.cases > 0) return 'cases';
  if (said.isNone) return 'none';
  return today > caseDueOn(month, dueDay) ? 'missing' : 'open';
}

/** The months that may be answered, the newest first: this one and those before it, since the portal began. */
export function listCaseMonths(today: string, since: string, most = 12): string[] {
  const months: string[] = [];
  for (let month = today.slice(0, 7); months.length < most; month = addMonths(month, -1)) {
    if (month < since.slice(0, 7)) break;
    months.push(month);
  }
  return months.length > 0 ? months : [today.slice(0, 7)];
}
