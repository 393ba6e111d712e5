import { addDays } from './civil-date.ts';
import type { EventCode } from './lifecycle-states.ts';

/** What a reporter may ask for by query code, beside writing: the events of the transition table. */
export const WISHES = {
  withdraw: 'request-withdrawal',
  review: 'request-review',
  recusal: 'ask-recusal',
  remind: 'urge',
  rate: 'rate',
} as const satisfies Record<string, EventCode>;
export type Wish = keyof typeof WISHES;

export const RATINGS = {
  GOOD: '满意',
  FAIR: '基本满意',
  BAD: '不满意',
} as const;
export type Rating = keyof typeof RATINGS;

/** Days between two reminders, and before the first one. */
const REMIND_EVERY_DAYS = 7;

type Known = {
  today: string;
  receivedOn: string;
  /** The first day something is due, of an open lead. */
  dueOn: string | null;
  events: readonly { event: string; onDate: string }[];
  deadlines: readonly { ruleCode: string; dueOn: string; metOn: string | null }[];
};

/** The first day a reminder is taken: a week after the last one; before that a week, or when it is overdue. */
export function remindFrom({ receivedOn, dueOn, events }: Known): string {
  const last = events.findLast(({ event }) => event === WISHES.remind)?.onDate;
  if (last) return addDays(last, REMIND_EVERY_DAYS);
  const [soon, overdue] = [addDays(receivedOn, REMIND_EVERY_DAYS), dueOn && addDays(dueOn, 1)];
  return overdue && overdue < soon ? overdue : soon;
}

/** The last day a review can be asked for; null where no such term runs. */
export function reviewUntil({ deadlines }: Pick<Known, 'deadlines'>): string | null {
  const term = deadlines.find(({ ruleCode, metOn }) => ruleCode === 'REVIEW_APPLY' && !metOn);
  return term?.dueOn ?? null;
}

/** Whether it is the time for a wish that the transition table allows. */
export function isTimely(wish: Wish, known: Known): boolean {
  if (wish === 'remind') return remindFrom(known) <= known.today;
  if (wish === 'rate') return !known.events.some(({ event }) => event === WISHES.rate);
  if (wish === 'review') return (reviewUntil(known) ?? known.today) >= known.today;
  return true;
}

/** What staff read of a wish that needs no words. */
export function wordsOfWish(wish: Wish | undefined, text: string, rating?: Rating): string {
  if (wish === 'remind') return ['催办', text].filter(Boolean).join('：');
  if (wish === 'rate' && rating)
    return [`评价：${RATINGS[rating]}`, text].filter(Boolean).join('。');
  return text;
}
