import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWorkday } from '#rules/calendar.ts';
import { CALENDARS } from '#rules/calendar-2026.ts';
import { addDays, civilDateOf, daysBetween, startOfDay } from '#rules/civil-date.ts';
import { NOTICE_UNITS } from '#rules/list-kinds.ts';
import type { NoticeUnit } from '#rules/list-kinds.ts';
import { noticeTerm } from '#rules/notice-term.ts';

function at(text: string): number {
  return Date.parse(`${text}+08:00`);
}

test.each([
  // Friday; the seventh day after it is a Friday.
  ['2026-11-20T09:00', 7, 'calendar', '2026-11-28T00:00'],
  // Monday; the fifth day after it is a Saturday, so the notice runs to Monday.
  ['2026-11-16T09:00', 5, 'calendar', '2026-11-24T00:00'],
  // The seventh day falls into National Day; offices work again on 8 October.
  ['2026-09-25T23:59', 7, 'calendar', '2026-10-09T00:00'],
  // Sunday 20 September is a working day in place of the Friday off.
  ['2026-09-17T10:00', 3, 'working', '2026-09-22T00:00'],
  // From the last working day before National Day; Saturday 10 October works.
  ['2026-09-30T10:00', 3, 'working', '2026-10-11T00:00'],
] as const)('a notice approved at %s for %s %s days ends at %s', (approved, days, unit, ends) => {
  expect(noticeTerm({ from: null, days, unit }, at(approved), CALENDARS)).toEqual({
    startsAt: at(approved),
    endsAt: at(ends),
    provisional: false,
  });
});

test('it starts at the hour asked for, or at its approval where that is later', () => {
  const plan = { from: at('2026-11-20T08:30'), days: 7, unit: 'calendar' } as const;
  expect(noticeTerm(plan, at('2026-11-18T16:00'), CALENDARS).startsAt).toBe(plan.from);
  const late = at('2026-11-20T08:31');
  expect(noticeTerm(plan, late, CALENDARS).startsAt).toBe(late);
});

test('the day is that of Shanghai', () => {
  const plan = { from: null, days: 1, unit: 'calendar' } as const;
  expect(noticeTerm(plan, at('2026-11-24T00:00'), CALENDARS).endsAt).toBe(at('2026-11-26T00:00'));
  expect(noticeTerm(plan, at('2026-11-23T23:59'), CALENDARS).endsAt).toBe(at('2026-11-25T00:00'));
});

test('across a year without a notice it is provisional', () => {
  const plan = { from: null, days: 7, unit: 'working' } as const;
  expect(noticeTerm(plan, at('2026-12-28T09:00'), CALENDARS).provisional).toBe(true);
});

const anyPlan = fc.record({
  from: fc.option(fc.integer({ min: at('2026-01-05T00:00'), max: at('2026-12-01T00:00') })),
  approvedAt: fc.integer({ min: at('2026-01-05T00:00'), max: at('2026-12-01T00:00') }),
  days: fc.integer({ min: 1, max: 30 }),
  unit: fc.constantFrom(...(Object.keys(NOTICE_UNITS) as NoticeUnit[])),
});

test('it ends at a midnight, after a working day, never sooner than its days', () => {
  fc.assert(
    fc.property(anyPlan, ({ from, approvedAt, days, unit }) => {
      const { startsAt, endsAt } = noticeTerm({ from, days, unit }, approvedAt, CALENDARS);
      const lastDay = civilDateOf(endsAt - 1);
      expect(startsAt).toBeGreaterThanOrEqual(Math.max(from ?? 0, approvedAt));
      expect(endsAt).toBe(startOfDay(addDays(lastDay, 1)));
      expect(isWorkday(lastDay, CALENDARS).workday).toBe(true);
      expect(daysBetween(civilDateOf(startsAt), lastDay)).toBeGreaterThanOrEqual(days);
    }),
  );
});

test('a day more never ends it sooner', () => {
  fc.assert(
    fc.property(anyPlan, ({ from, approvedAt, days, unit }) => {
      const { endsAt } = noticeTerm({ from, days, unit }, approvedAt, CALENDARS);
      const longer = noticeTerm({ from, days: days + 1, unit }, approvedAt, CALENDARS);
      expect(longer.endsAt).toBeGreaterThanOrEqual(endsAt);
    }),
  );
});
