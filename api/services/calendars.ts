import { listCalendarYears } from '#db/queries/calendar-years.ts';
import type { Reader } from '#db/store.ts';
import { CALENDARS } from '#rules/calendar-2026.ts';
import type { Calendars } from '#rules/calendar.ts';

/**
 * The calendars that count: the years loaded here, and those that ship with the portal for years of which
 * nothing was loaded. Everything that computes a day is handed these.
 */
export async function loadCalendars(db: Reader): Promise<Calendars> {
  const loaded = (await listCalendarYears(db)).map((row) => ({
    year: row.year,
    version: row.version,
    source: row.source,
    holidays: JSON.parse(row.holidays) as string[],
    workingWeekends: JSON.parse(row.workingWeekends) as string[],
  }));
  const years = new Set(loaded.map((calendar) => calendar.year));
  const shipped = CALENDARS.filter((calendar) => !years.has(calendar.year));
  return [...shipped, ...loaded].toSorted((a, b) => a.year - b.year);
}
