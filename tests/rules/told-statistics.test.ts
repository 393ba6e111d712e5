import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CountedMonth } from '#rules/counted-month.ts';
import { countingDayOf, lastCountableMonth, listUncounted } from '#rules/counted-month.ts';
import { MonthStatistics, QuarterStatistics } from '#rules/public-statistics.ts';
import { LEAST } from '#rules/small-numbers.ts';
import { monthsOfQuarter, quarterOf, tellMonth, tellQuarter } from '#rules/told-statistics.ts';
import { MATTERS } from '#rules/vocabulary.ts';

const count = fc.integer({ min: 0, max: 40 });
const TOWNS = ['', '990101100000', '990101101000', '990101102000', '990101103000', '990101104000'];

/** A month whose complaints are shared out among townships and matters. */
const month: fc.Arbitrary<CountedMonth> = fc
  .record({
    complaints: fc.array(
      fc.record({ town: fc.constantFrom(...TOWNS), matter: fc.constantFrom(...MATTERS) }),
      {
        maxLength: 120,
      },
    ),
    concluded: count,
    late: count,
    again: count,
    supervised: count,
    ratings: fc.record({ GOOD: count, FAIR: count, BAD: count }),
    byKind: fc.record({ bureau: count, township: count, village: count, discipline: count }),
  })
  .map(({ complaints, concluded, late, again, supervised, ratings, byKind }) => ({
    byTown: Object.fromEntries(
      TOWNS.map((town) => [town, complaints.filter((each) => each.town === town).length]),
    ),
    byMatter: Object.fromEntries(
      MATTERS.map((matter) => [matter, complaints.filter((each) => each.matter === matter).length]),
    ) as CountedMonth['byMatter'],
    concluded,
    inTime: concluded - Math.min(late, concluded),
    firstTime: concluded - Math.min(again, concluded),
    supervised,
    ratings,
    overdue: { onDate: '2026-10-15', byKind },
  }));
const quarter = fc.tuple(month, month, month);

/** Every number in what is told, however deep. */
function listNumbers(told: unknown): number[] {
  if (typeof told === 'number') return [told];
  return told && typeof told === 'object' ? Object.values(told).flatMap(listNumbers) : [];
}

test('no number below the least is told', () => {
  fc.assert(
    fc.property(quarter, (months) => {
      const told = [
        ...months.map((each) => tellMonth('2026-09', each)),
        tellQuarter('2026-Q3', months, String),
      ];
      expect(listNumbers(told).filter((number) => number < LEAST)).toEqual([]);
    }),
  );
});

test('what is told fits its schema', () => {
  fc.assert(
    fc.property(quarter, (months) => {
      const nameOf = (code: string) => code || '未指明';
      const told = tellQuarter('2026-Q3', months, nameOf);
      expect(QuarterStatistics.parse(told)).toEqual(told);
      expect(() => MonthStatistics.parse(tellMonth('2026-09', months[0]))).not.toThrow();
    }),
  );
});

test('the schema refuses a number below the least', () => {
  const told = { month: '2026-09', received: LEAST - 1, overdue: null };
  expect(MonthStatistics.safeParse(told).success).toBe(false);
});

test('a month that is not told cannot be computed from its quarter', () => {
  fc.assert(
    fc.property(quarter, (months) => {
      const hidden = months.filter((each) => tellMonth('2026-09', each).received === null);
      const told = tellQuarter('2026-Q3', months, String);
      if (hidden.length > 0) {
        expect([told.received, told.towns.items, told.matters.items]).toEqual([null, [], []]);
      }
    }),
  );
});

test('a quarter is the sum of its months as they were counted, whatever became of the leads since', () => {
  fc.assert(
    fc.property(quarter, (months) => {
      const told = tellQuarter('2026-Q3', months, String);
      const sum = months.flatMap((each) => Object.values(each.byTown)).reduce((a, b) => a + b, 0);
      if (told.received !== null) expect(told.received).toBe(sum);
      expect(tellQuarter('2026-Q3', structuredClone(months), String)).toEqual(told);
    }),
  );
});

test('a month is counted on the 15th of the next one, and once', () => {
  expect(lastCountableMonth('2026-11-14')).toBe('2026-09');
  expect(lastCountableMonth('2026-11-15')).toBe('2026-10');
  expect(countingDayOf('2026-10')).toBe('2026-11-15');
  expect(listUncounted('2026-08', '2026-11-20', new Set(['2026-09']))).toEqual([
    '2026-10',
    '2026-08',
  ]);
  expect(listUncounted('2020-01', '2026-11-20', new Set())).toHaveLength(36);
  expect(listUncounted('2026-11', '2026-11-20', new Set())).toEqual([]);
});

test('quarters have three months', () => {
  expect(monthsOfQuarter('2026-Q4')).toEqual(['2026-10', '2026-11', '2026-12']);
  expect(monthsOfQuarter('2026-Q1').map(quarterOf)).toEqual(['2026-Q1', '2026-Q1', '2026-Q1']);
});
