import type { PublicFile } from '#rules/publication.ts';
import { AID_TYPES, AREA_TYPES, codesOf } from '#rules/vocabulary.ts';

export type Standard = PublicFile<'standards'>['items'][number];

/** Standards sorted by whether they are in force on a civil date. */
export type StandardsByTime = { current: Standard[]; future: Standard[]; past: Standard[] };

/**
 * In force is, for each aid type and area, the newest whose first day has come; these stand in the order
 * in which the aid types are named everywhere.
 */
export function sortStandards(items: readonly Standard[], today: string): StandardsByTime {
  const newestFirst = items.toSorted((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom));
  const future = newestFirst.filter((item) => item.effectiveFrom > today);
  const begun = newestFirst.filter((item) => item.effectiveFrom <= today);
  const isNewest = (item: Standard) => begun.find((other) => isSameKind(item, other)) === item;
  const current = begun.filter(isNewest).toSorted((a, b) => rankOf(a) - rankOf(b));
  return { current, future, past: begun.filter((item) => !isNewest(item)) };
}

function rankOf({ aidType, areaType }: Standard): number {
  const areas = codesOf(AREA_TYPES);
  return codesOf(AID_TYPES).indexOf(aidType) * areas.length + areas.indexOf(areaType);
}

function isSameKind(a: Standard, b: Standard): boolean {
  return a.aidType === b.aidType && a.areaType === b.areaType;
}
