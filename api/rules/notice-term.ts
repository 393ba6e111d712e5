import type { Calendars } from './calendar.ts';
import { isWorkday } from './calendar.ts';
import { addDays, civilDateOf, startOfDay } from './civil-date.ts';
import { countWorkdays } from './deadline.ts';
import type { NoticeUnit } from './list-kinds.ts';

/** How long a notice is to run, and from when at the earliest (epoch ms; null: from its approval). */
export type NoticePlan = { from: number | null; days: number; unit: NoticeUnit };

/** When a notice stands on the site, epoch ms, the end exclusive. */
export type NoticeTerm = {
  startsAt: number;
  endsAt: number;
  /** A calendar notice it rests on is not loaded; weekends were taken as the days off. */
  provisional: boolean;
};

/**
 * The term of a notice approved at `approvedAt` (民法典 arts. 201, 203): the day it begins is not counted;
 * calendar days end on the next working day where the last one is a day off; the last day is whole, to
 * midnight in Shanghai.
 */
export function noticeTerm(
  { from, days, unit }: NoticePlan,
  approvedAt: number,
  calendars: Calendars,
): NoticeTerm {
  const startsAt = Math.max(from ?? approvedAt, approvedAt);
  const firstDay = civilDateOf(startsAt);
  const { dueOn, consulted } =
    unit === 'working'
      ? countWorkdays(firstDay, days, calendars)
      : countWorkdays(addDays(firstDay, days - 1), 1, calendars);
  return {
    startsAt,
    endsAt: startOfDay(addDays(dueOn, 1)),
    provisional: consulted.some((date) => !isWorkday(date, calendars).known),
  };
}
