import { addMonths } from './civil-date.ts';
import type { CountedMonth } from './counted-month.ts';
import type { MonthStatistics, QuarterStatistics } from './public-statistics.ts';
import { LEAST, tell, tellParts, tellSplit } from './small-numbers.ts';
import { RATINGS } from './follow-up.ts';
import { BODY_KINDS, MATTERS, codesOf } from './vocabulary.ts';

/**
 * From what was counted to what is told. A quarter is the sum of its counted months and nothing else, so
 * whenever it is told it comes out the same; quarters share no month, and no longer time is told.
 */

export function tellMonth(month: string, { byTown, overdue }: CountedMonth): MonthStatistics {
  return {
    month,
    received: tell(sumOf(Object.values(byTown))),
    overdue: overdue && { onDate: overdue.onDate, ...tellOverdue(overdue.byKind) },
  };
}

function tellOverdue(byKind: NonNullable<CountedMonth['overdue']>['byKind']) {
  const kinds = codesOf(BODY_KINDS);
  const { total, below, parts } = tellWhole(kinds.map((kind) => byKind[kind]));
  return { total, below, kinds: kinds.map((kind, at) => ({ kind, count: parts[at] ?? null })) };
}

/** `2026-Q3` */
export function quarterOf(month: string): string {
  return `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
}

export function monthsOfQuarter(quarter: string): string[] {
  const first = `${quarter.slice(0, 4)}-${String(Number(quarter.slice(6)) * 3 - 2).padStart(2, '0')}`;
  return [first, addMonths(first, 1), addMonths(first, 2)];
}

/** `nameOf` names a township by its code; '' stands for complaints that named none. */
export function tellQuarter(
  quarter: string,
  months: readonly CountedMonth[],
  nameOf: (townCode: string) => string,
): QuarterStatistics {
  const received = tellReceived(months, nameOf);
  const concluded = sumOf(months.map((month) => month.concluded));
  const ratings = codesOf(RATINGS);
  const rated = tellWhole(
    ratings.map((rating) => sumOf(months.map((month) => month.ratings[rating]))),
  );
  return {
    quarter,
    ...received,
    inTime: tellSplit(concluded, sumOf(months.map((month) => month.inTime))),
    firstTime: tellSplit(concluded, sumOf(months.map((month) => month.firstTime))),
    supervised: tell(sumOf(months.map((month) => month.supervised))),
    ratings: {
      total: rated.total,
      below: rated.below,
      items: ratings.map((rating, at) => ({ rating, count: rated.parts[at] ?? null })),
    },
  };
}

/** Neither a quarter nor anything of it is told where one of its months is not: it could be computed. */
function tellReceived(months: readonly CountedMonth[], nameOf: (townCode: string) => string) {
  const isTold = months.every(({ byTown }) => sumOf(Object.values(byTown)) >= LEAST);
  if (!isTold) {
    const nothing = { below: null, items: [] };
    return { received: null, matters: nothing, towns: nothing };
  }
  const named = new Set(months.flatMap(({ byTown }) => Object.keys(byTown)));
  named.delete('');
  const codes = [...[...named].toSorted(), ''];
  const byTown = codes.map((code) => sumOf(months.map((month) => month.byTown[code] ?? 0)));
  const byMatter = MATTERS.map((matter) => sumOf(months.map((month) => month.byMatter[matter])));
  const towns = tellParts(byTown);
  const matters = tellParts(byMatter);
  return {
    received: sumOf(byTown),
    matters: {
      below: matters.below,
      items: MATTERS.map((matter, at) => ({ matter, count: matters.parts[at] ?? null })),
    },
    towns: {
      below: towns.below,
      items: codes.map((code, at) => ({
        code,
        name: nameOf(code),
        count: towns.parts[at] ?? null,
      })),
    },
  };
}

function tellWhole(counts: readonly number[]) {
  const total = tell(sumOf(counts));
  return total === null
    ? { total, below: null, parts: counts.map(() => null) }
    : { total, ...tellParts(counts) };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
