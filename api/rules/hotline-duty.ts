import { addDays, addMonths, daysBetween, lastDayOf, weekdayOf } from './civil-date.ts';

type Days = { fromDate: string; toDate: string };

/**
 * Where a duty of one month stands in the next: a whole month becomes the whole month, anything else keeps
 * its weekdays. Null where it would begin in another month.
 */
export function carryDuty({ fromDate, toDate }: Days, month: string): Days | null {
  const before = addMonths(month, -1);
  const first = `${before}-01`;
  if (fromDate === first && toDate === lastDayOf(before)) {
    return { fromDate: `${month}-01`, toDate: lastDayOf(month) };
  }
  // From the first Monday of a month to that of the next: four or five weeks.
  const days = daysBetween(firstMonday(first), firstMonday(`${month}-01`));
  const moved = addDays(fromDate, days);
  return moved.startsWith(month) ? { fromDate: moved, toDate: addDays(toDate, days) } : null;
}

/** The week of a day, Monday to Sunday. */
export function weekOf(day: string): { from: string; to: string } {
  const from = addDays(day, -((weekdayOf(day) + 6) % 7));
  return { from, to: addDays(from, 6) };
}

function firstMonday(first: string): string {
  return addDays(first, (8 - weekdayOf(first)) % 7);
}
