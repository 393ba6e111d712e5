import { expect, test } from 'vitest';
import { isHotlineNumber } from '#rules/hotline-fields.ts';
import { isWithinHours } from '#rules/hotline-hours.ts';
import { judgeCall, needsAttention, testStateOf } from '#rules/hotline-tests.ts';
import type { CallOutcome, CallVerdict } from '#rules/hotline-tests.ts';

test.each<[CallOutcome, number | null, boolean, CallVerdict]>([
  ['SERVED', 15, true, 'good'],
  ['SERVED', 16, true, 'slow'],
  ['SERVED', 90, false, 'good'],
  ['TURNED_AWAY', 3, true, 'unused'],
  ['TURNED_AWAY', 3, false, 'unused'],
  ['NO_ANSWER', null, true, 'unanswered'],
  ['BUSY', null, true, 'unanswered'],
  ['NO_ANSWER', null, false, 'outside'],
  ['BUSY', null, false, 'outside'],
  ['DEAD', null, false, 'unanswered'],
])('%s after %s seconds, within the hours: %s, is %s', (outcome, seconds, inHours, verdict) => {
  expect(judgeCall({ outcome, seconds, inHours })).toBe(verdict);
});

test.each<[CallVerdict[], boolean]>([
  [[], false],
  [['good', 'unanswered'], false],
  [['unanswered'], true],
  [['unused', 'good'], true],
  [['slow', 'good'], false],
  [['slow', 'slow'], true],
  [['outside', 'slow', 'outside', 'slow'], true],
  [['outside'], false],
])('after %j a superior has to know: %s', (newestFirst, expected) => {
  expect(needsAttention(newestFirst)).toBe(expected);
});

test('a test is old when more than thirty days have passed, whatever it found', () => {
  const last = { testedOn: '2026-10-21', verdict: 'good' as const };
  expect(testStateOf(last, '2026-11-20')).toBe('fresh');
  expect(testStateOf(last, '2026-11-21')).toBe('stale');
  expect(testStateOf({ ...last, verdict: 'slow' }, '2026-11-20')).toBe('failed');
  expect(testStateOf(null, '2026-11-20')).toBe('never');
});

const FRIDAY = { weekday: 5, isWorkday: true };
const SUNDAY = { weekday: 0, isWorkday: false };
const HOURS = '工作日 8:30-12:00，14:00-17:30';
test.each([
  [HOURS, FRIDAY, 8 * 60 + 30, true],
  [HOURS, FRIDAY, 12 * 60, false],
  [HOURS, FRIDAY, 13 * 60, false],
  [HOURS, SUNDAY, 9 * 60, false],
  ['工作日：上午8:30至12:00、下午14:00至17:30', FRIDAY, 15 * 60, true],
  ['工作日：上午8:30至12:00、下午2:00至5:30', FRIDAY, 9 * 60, null],
  ['周一至周五 9:00—17:00', { weekday: 1, isWorkday: false }, 10 * 60, true],
  ['每天 9:00-21:00', SUNDAY, 20 * 60, true],
  ['24小时', SUNDAY, 3 * 60, true],
  ['工作日 8:30-12:00（法定节假日除外）', FRIDAY, 9 * 60, null],
  ['上班时间', FRIDAY, 9 * 60, null],
  ['', FRIDAY, 9 * 60, null],
])('of “%s” on %j, minute %i, it says %s', (hours, day, minute, expected) => {
  expect(isWithinHours(hours, day, minute)).toBe(expected);
});

test.each([
  ['12345', true],
  ['0000-8000001', true],
  ['05718000001', true],
  ['010-80000001-8', true],
  ['13800138000', true],
  ['400-000-0000', true],
  ['8000001', false],
  ['0000-8000', false],
  ['23800138000', false],
  ['0000-8000001 ', false],
])('%s as the number of a hotline: %s', (text, expected) => {
  expect(isHotlineNumber(text)).toBe(expected);
});
