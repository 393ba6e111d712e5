import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  civilDateOf,
  daysBetween,
  formatDate,
  formatMonth,
  isDate,
  isMonth,
  lastDayOf,
  weekdayOf,
} from '#rules/civil-date.ts';

const date = fc
  .integer({ min: Date.UTC(1900, 0, 1) / 86_400_000, max: Date.UTC(2200, 0, 1) / 86_400_000 })
  .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));

test('the day begins in Shanghai', () => {
  expect(civilDateOf(Date.parse('2026-11-19T15:59:59.999Z'))).toBe('2026-11-19');
  expect(civilDateOf(Date.parse('2026-11-19T16:00:00Z'))).toBe('2026-11-20');
});

test('the civil date is the one the time zone database tells, in years with daylight saving too', () => {
  const zone = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });
  const instant = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2100, 0, 1) });
  fc.assert(
    fc.property(instant, (time) => {
      expect(civilDateOf(time)).toBe(zone.format(time));
    }),
  );
});

test('adding days and taking them away is nothing', () => {
  fc.assert(
    fc.property(date, fc.integer({ min: -5000, max: 5000 }), (start, days) => {
      const end = addDays(start, days);
      expect(isDate(end)).toBe(true);
      expect(daysBetween(start, end)).toBe(days);
      expect(addDays(end, -days)).toBe(start);
    }),
  );
});

test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20261120', '', '2026-11-31'])(
  '%j is not a date',
  (text) => {
    expect(isDate(text)).toBe(false);
  },
);

test('a leap day is a date', () => {
  expect(isDate('2028-02-29')).toBe(true);
  expect(lastDayOf('2028-02')).toBe('2028-02-29');
});

test('months count over the year', () => {
  expect(addMonths('2026-11', 2)).toBe('2027-01');
  expect(addMonths('2026-01', -1)).toBe('2025-12');
  expect([isMonth('2026-12'), isMonth('2026-13')]).toEqual([true, false]);
});

test('dates are written for people', () => {
  expect(formatDate('2026-11-20')).toBe('2026年11月20日');
  expect(formatDate('2026-01-05')).toBe('2026年1月5日');
  expect(formatMonth('2026-03')).toBe('2026年3月');
  expect(weekdayOf('2026-11-20')).toBe(5);
});
