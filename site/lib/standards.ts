import { addDays, daysBetween } from '#rules/civil-date.ts';
import type { StandardDataRow } from '#rules/data-files.ts';
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

/** The open data on standards, in the usual order of kinds, the newest of each first. */
export function listStandardRows(items: readonly Standard[]): StandardDataRow[] {
  return items
    .toSorted((a, b) => rankOf(a) - rankOf(b) || b.effectiveFrom.localeCompare(a.effectiveFrom))
    .map(({ aidType, areaType, ...rest }) => ({
      aidType,
      aidTypeName: AID_TYPES[aidType],
      areaType,
      areaTypeName: AREA_TYPES[areaType],
      ...rest,
    }));
}

function isSameKind(a: Standard, b: Standard): boolean {
  return a.aidType === b.aidType && a.areaType === b.areaType;
}

/** One amount in the history of its kind; `until` is the last day it held, null while it does. */
export type Period = Standard & { until: string | null };
export type History = Pick<Standard, 'aidType' | 'areaType'> & { periods: Period[] };

/** The amounts of each kind, the newest first, without those still to come. Kinds in the usual order. */
export function listHistories(items: readonly Standard[], today: string): History[] {
  const begun = items.filter((item) => item.effectiveFrom <= today);
  const kinds = Map.groupBy(begun, rankOf);
  return [...kinds]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([, rows]) => {
      const newestFirst = rows.toSorted((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom));
      const [first] = newestFirst;
      if (!first) return [];
      const periods = newestFirst.map((row, at) => {
        const next = newestFirst[at - 1];
        return { ...row, until: next ? addDays(next.effectiveFrom, -1) : null };
      });
      return [{ aidType: first.aidType, areaType: first.areaType, periods }];
    });
}

/** The years from the first amount to today's. */
export function yearsOf(histories: readonly History[], today: string): number[] {
  const days = histories.flatMap(({ periods }) => periods.map((period) => period.effectiveFrom));
  const last = Number(today.slice(0, 4));
  const first = Math.min(last, ...days.map((day) => Number(day.slice(0, 4))));
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Where a day stands on these years, from 0 to 1. */
export function placeOnYears(day: string, years: readonly number[]): number {
  const [first = 0] = years;
  const start = `${first}-01-01`;
  return daysBetween(start, day) / daysBetween(start, `${first + years.length}-01-01`);
}
