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

/** Told to whoever asks for what cannot be asked for now, from a page that is older than what happened since. */
export const NOT_NOW = {
  write: '这件事现在不能补充了，这次写的没有发出。有新的情况，可以重新反映一次。',
  withdraw: '这件事现在不能要求撤回，看看办到哪一步。',
  review: '这件事现在不能请求复查，看看办到哪一步。',
  recusal: '这件事现在不能要求回避，看看办到哪一步。',
  remind: '还没有到可以催办的日子。',
  rate: '这件事已经评价过，或者还不到评价的时候。',
} as const satisfies Record<Wish | 'write', string>;
