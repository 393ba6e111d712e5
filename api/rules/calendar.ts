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

export function calendarOf(year: number, calendars: Calendars): CalendarYear | undefined {
  return calendars.find((calendar) => calendar.year === year);
}

/**
 * Whether offices work on that day; `known` is false where the year's notice is not loaded. New Year's
 * holiday may begin in December, so its last days wait for the next year's notice.
 */
export function isWorkday(
  date: string,
  calendars: Calendars,
): { workday: boolean; known: boolean } {
  if (calendars.some((each) => each.holidays.includes(date))) {
    return { workday: false, known: true };
  }
  if (calendars.some((each) => each.workingWeekends.includes(date))) {
    return { workday: true, known: true };
  }
  const weekday = weekdayOf(date);
  const known = noticesFor(date).every((year) => calendarOf(year, calendars) !== undefined);
  return { workday: weekday !== 0 && weekday !== 6, known };
}

/** From this day of a year its notice is out or about to be (2026's came on 4 November 2025). */
const NEXT_YEAR_EXPECTED = '11-01';

/** Years whose holiday notice should be loaded by today and is not: deadlines that meet them are provisional. */
export function missingYears(today: string, calendars: Calendars): number[] {
  const year = Number(today.slice(0, 4));
  const wanted = today.slice(5) >= NEXT_YEAR_EXPECTED ? [year, year + 1] : [year];
  return wanted.filter((each) => calendarOf(each, calendars) === undefined);
}

/** `2027-1`, then `2027-2` where it was corrected. */
export function nextVersion(year: number, calendars: Calendars): string {
  const present = calendarOf(year, calendars)?.version.split('-')[1];
  return `${year}-${Number(present ?? 0) + 1}`;
}

/** Whether a deadline that rests on these versions (`2026-1+2027-?`) would be computed otherwise now. */
export function isStale(versions: string, calendars: Calendars): boolean {
  if (versions === '') return false;
  return versions.split('+').some((version) => {
    const present = calendarOf(Number(version.split('-')[0]), calendars);
    return present !== undefined && present.version !== version;
  });
}

/** The years whose notice may speak of that day. */
export function noticesFor(date: string): number[] {
  const year = Number(date.slice(0, 4));
  return date.slice(5) >= '12-26' ? [year, year + 1] : [year];
}
