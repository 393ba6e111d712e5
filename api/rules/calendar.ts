import { weekdayOf } from './civil-date.ts';

/**
 * What a year's holiday notice says. A year without one is unknown: the rule of weekdays stands in for
 * it and everything computed across it is provisional.
 */
export type CalendarYear = {
  year: number;
  /** Changes with every correction; kept beside each deadline. */
  version: string;
  source: string;
  /** Days off, weekends included where the notice lists them. */
  holidays: readonly string[];
  /** Weekend days on which offices work (调休). */
  workingWeekends: readonly string[];
};
export type Calendars = readonly CalendarYear[];

export function calendarFor(date: string, calendars: Calendars): CalendarYear | undefined {
  const year = Number(date.slice(0, 4));
  return calendars.find((calendar) => calendar.year === year);
}

/** Whether offices work on that day; `known` is false where the year's notice is not loaded. */
export function isWorkday(
  date: string,
  calendars: Calendars,
): { workday: boolean; known: boolean } {
  const calendar = calendarFor(date, calendars);
  if (calendar?.holidays.includes(date)) return { workday: false, known: true };
  if (calendar?.workingWeekends.includes(date)) return { workday: true, known: true };
  const weekday = weekdayOf(date);
  return { workday: weekday !== 0 && weekday !== 6, known: calendar !== undefined };
}
