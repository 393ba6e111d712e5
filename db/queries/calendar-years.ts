import { asc } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import { recall } from '#db/store.ts';
import type { Reader, Tx } from '#db/store.ts';

export type CalendarYearRow = Schema['calendarYear']['$inferSelect'];

/** The holiday notices that were loaded here, the earliest year first. */
export async function listCalendarYears(db: Reader): Promise<CalendarYearRow[]> {
  const { calendarYear } = db.t;
  return recall(db, 'calendar years', [calendarYear], () =>
    db.select().from(calendarYear).orderBy(asc(calendarYear.year)),
  );
}

/** A year loaded again is a correction: the newest counts. */
export async function saveCalendarYear(tx: Tx, row: CalendarYearRow): Promise<void> {
  const { calendarYear } = tx.t;
  await tx
    .insert(calendarYear)
    .values(row)
    .onConflictDoUpdate({ target: calendarYear.year, set: row });
}
