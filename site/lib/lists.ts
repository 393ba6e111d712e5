import type { VillageList } from '#rules/public-lists.ts';

/** Households of a list, also where it names none. */
export function countHouseholds({ rows, countsOnly }: VillageList): number {
  return countsOnly?.households ?? rows.length;
}
