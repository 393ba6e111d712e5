/**
 * A county may keep the names of very small lists off the web: below so many households a village's long-term
 * list shows how many there are and how many persons, and no row. Off unless the county sets it, since the law
 * asks for each household. Notices are not touched: without a name nobody could object.
 */

export const COUNTS_ONLY_OFF = 0;
/** From here on it would be no list of a small village any more. */
export const MOST_COUNTS_ONLY = 10;
/** Fewer than one household is no list. */
export const LEAST_COUNTS_ONLY = 2;

export function isCountsOnlyBelow(value: number): boolean {
  const isInRange = value >= LEAST_COUNTS_ONLY && value <= MOST_COUNTS_ONLY;
  return Number.isInteger(value) && (value === COUNTS_ONLY_OFF || isInRange);
}

/** What a list shows instead of rows that are fewer than `below`; null where they are shown. */
export function countInstead(
  rows: readonly { members: number }[],
  below: number,
): { below: number; households: number; persons: number } | null {
  if (rows.length === 0 || rows.length >= below) return null;
  const persons = rows.reduce((sum, row) => sum + row.members, 0);
  return { below, households: rows.length, persons };
}
