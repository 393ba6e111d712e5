import { isWorkday as isWorkdayElsewhere } from 'chinese-days';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWorkday } from '#rules/calendar.ts';
import { CALENDAR_2026, CALENDARS } from '#rules/calendar-2026.ts';
import { addDays, weekdayOf } from '#rules/civil-date.ts';
import { clocksAtArrival, computeDeadline, isOverdue, type ArrivalFacts } from '#rules/deadline.ts';

test.each([
  ['ACK_RN', '2026-09-21', '2026-10-19'],
  ['ACK_PET', '2026-09-21', '2026-10-08'],
  ['DECIDE', '2026-09-21', '2026-11-20'],
] as const)('%s from %s is due on %s', (code, startOn, dueOn) => {
  expect(computeDeadline(code, startOn, CALENDARS)).toMatchObject({
    ruleCode: code,
    startOn,
    dueOn,
    calendarVersion: '2026-1',
    provisional: false,
  });
});

test('a deadline that crosses into a year without a notice is provisional', () => {
  const before = computeDeadline('ACK_RN', '2026-12-20', CALENDARS);
  expect(before).toMatchObject({ provisional: true, calendarVersion: '2026-1+2027-?' });
  const loaded = {
    year: 2027,
    version: '2027-1',
    source: '测试',
    holidays: ['2027-01-01', '2027-01-02', '2027-01-03'],
    workingWeekends: [],
  };
  expect(computeDeadline('ACK_RN', '2026-12-20', [...CALENDARS, loaded])).toMatchObject({
    dueOn: '2027-01-11',
    provisional: false,
    calendarVersion: '2026-1+2027-1',
  });
});

test('an extension counts from the same day', () => {
  expect(computeDeadline('DECIDE', '2026-09-01', CALENDARS, 30).dueOn).toBe('2026-11-30');
});

test('the due day itself is in time', () => {
  expect(isOverdue('2026-11-20', '2026-11-20')).toBe(false);
  expect(isOverdue('2026-11-20', '2026-11-21')).toBe(true);
});

test.each([
  ['2026-01-01', false],
  ['2026-01-04', true],
  ['2026-02-14', true],
  ['2026-02-23', false],
  ['2026-02-28', true],
  ['2026-04-06', false],
  ['2026-05-05', false],
  ['2026-05-09', true],
  ['2026-06-19', false],
  ['2026-09-20', true],
  ['2026-09-25', false],
  ['2026-10-07', false],
  ['2026-10-08', true],
  ['2026-10-10', true],
  ['2026-10-11', false],
  ['2026-11-20', true],
] as const)('%s working day: %s', (date, workday) => {
  expect(isWorkday(date, CALENDARS)).toEqual({ workday, known: true });
});

test('the calendar of 2026 is the one that others keep', () => {
  const days = Array.from({ length: 365 }, (_, index) => addDays('2026-01-01', index));
  const other = days.filter((day) => isWorkdayElsewhere(day) !== isWorkday(day, CALENDARS).workday);
  expect(other).toEqual([]);
});

test('the 2026 notice gives 33 days off and six working weekend days', () => {
  expect(new Set(CALENDAR_2026.holidays).size).toBe(33);
  expect(CALENDAR_2026.workingWeekends).toHaveLength(6);
  for (const date of CALENDAR_2026.workingWeekends) expect([0, 6]).toContain(weekdayOf(date));
});

test('every due day is a working day after the start, and no limit is cut short', () => {
  const start = fc.integer({ min: 0, max: 330 }).map((days) => addDays('2026-01-01', days));
  fc.assert(
    fc.property(start, (startOn) => {
      const { dueOn } = computeDeadline('ACK_PET', startOn, CALENDARS);
      expect(isWorkday(dueOn, CALENDARS).workday).toBe(true);
      expect(dueOn >= addDays(startOn, 15)).toBe(true);
      expect(computeDeadline('ACK_RN', startOn, CALENDARS).dueOn >= dueOn).toBe(true);
    }),
  );
});

const arrival: ArrivalFacts = {
  class: 'REPORT',
  mode: 'ANONYMOUS',
  problemTypes: ['STALL'],
  heldByDiscipline: false,
  sealed: false,
  destination: 'bureau',
  reachable: true,
  localFifteen: false,
};

test('which clocks an arrival starts', () => {
  expect(clocksAtArrival(arrival)).toEqual(['ACK_PET']);
  expect(clocksAtArrival({ ...arrival, reachable: false })).toEqual([]);
  expect(clocksAtArrival({ ...arrival, destination: 'discipline' })).toEqual([
    'ACK_PET',
    'FORWARD',
  ]);
  const held = { ...arrival, heldByDiscipline: true, sealed: true, mode: 'NAMED' as const };
  expect(clocksAtArrival(held)).toEqual(['ACK_RN', 'UP5']);
  expect(clocksAtArrival({ ...arrival, problemTypes: ['PHONE'] })).toContain('TEST1');
  expect(clocksAtArrival({ ...arrival, class: 'HELP', problemTypes: ['OVERPUB'] })).toContain(
    'PIREQ',
  );
  expect(clocksAtArrival({ ...arrival, localFifteen: true })).toContain('LOCAL15');
});

test('the clocks of a sealed lead tell nothing of it', () => {
  const sealed = { ...arrival, heldByDiscipline: true, sealed: true };
  const other = {
    class: 'HELP',
    mode: 'NAMED',
    problemTypes: ['PHONE'],
    localFifteen: true,
  } as const;
  expect(clocksAtArrival({ ...sealed, ...other })).toEqual(clocksAtArrival(sealed));
});
