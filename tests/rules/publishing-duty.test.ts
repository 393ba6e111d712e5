import { expect, test } from 'vitest';
import { CALENDARS } from '#rules/calendar-2026.ts';
import { listOverdueDuties } from '#rules/publishing-duty.ts';

const rural = (newest: string, standing: string | null = newest) =>
  [{ aidType: 'RURAL_DIBAO', newest, standing }] as const;

test('a list is due on the 20th working day after its month, the holidays left out', () => {
  // October 2026 has 31 days; 20 working days from 1 November end on Friday 27 November.
  expect(listOverdueDuties(rural('2026-09'), '2026-11-27', CALENDARS)).toEqual([]);
  expect(listOverdueDuties(rural('2026-09'), '2026-11-28', CALENDARS)).toEqual([
    { aidType: 'RURAL_DIBAO', period: '2026-10', dueOn: '2026-11-27', provisional: false },
  ]);
});

test('every month since the one that stands is owed, and a later list settles the earlier ones', () => {
  const periods = (standing: string) =>
    listOverdueDuties(rural(standing), '2026-11-28', CALENDARS).map((duty) => duty.period);
  expect(periods('2026-07')).toEqual(['2026-08', '2026-09', '2026-10']);
  expect(periods('2026-10')).toEqual([]);
});

test('a list that was withdrawn is owed anew once its day is past', () => {
  const duties = listOverdueDuties(rural('2026-10', null), '2026-11-28', CALENDARS);
  expect(duties.map((duty) => duty.period)).toEqual(['2026-10']);
});

test('who has never published owes nothing', () => {
  expect(listOverdueDuties([], '2026-11-28', CALENDARS)).toEqual([]);
});

test('where a year has no holiday notice weekends count, and the day is provisional', () => {
  const [duty] = listOverdueDuties(rural('2026-12'), '2027-06-30', CALENDARS);
  expect(duty).toEqual({
    aidType: 'RURAL_DIBAO',
    period: '2027-01',
    dueOn: '2027-02-26',
    provisional: true,
  });
});
