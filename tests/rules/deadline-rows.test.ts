import { expect, test } from 'vitest';
import { CALENDARS } from '#rules/calendar-2026.ts';
import { computeDeadline, putBackDeadline, recomputeDeadline } from '#rules/deadline.ts';
import { DEADLINES, deadlineRow } from '#rules/deadlines.ts';
import type { DeadlineCode } from '#rules/deadlines.ts';
import { codesOf } from '#rules/vocabulary.ts';

/** The table of deadlines as it was specified, with a worked example of each from Friday 2026-09-18. */
const ROWS: [
  DeadlineCode,
  limit: number,
  unit: 'calendar' | 'working',
  source: string,
  due: string,
][] = [
  ['ACK_PET', 15, 'calendar', '信访工作条例》第二十三条', '2026-10-08'],
  ['ACK_RN', 15, 'working', '监察法实施条例》第二百零九条', '2026-10-15'],
  ['FORWARD', 5, 'working', '监察法实施条例》第一百九十九条', '2026-09-24'],
  ['OBJECT_TR', 5, 'working', '信访工作条例》第二十三条', '2026-09-24'],
  ['UP5', 5, 'working', '处理检举控告工作规则》第十五条', '2026-09-24'],
  ['DECIDE', 60, 'calendar', '信访工作条例》第三十四条', '2026-11-17'],
  ['LOCAL15', 15, 'calendar', '本省社会救助规定', '2026-10-08'],
  ['FB_RN', 15, 'working', '第二百零九条', '2026-10-15'],
  ['REVIEW_APPLY', 30, 'calendar', '第三十五条', '2026-10-19'],
  ['REVIEW', 30, 'calendar', '第三十五条', '2026-10-19'],
  ['RECHECK_APPLY', 30, 'calendar', '第三十六条', '2026-10-19'],
  ['RECHECK', 30, 'calendar', '第三十六条', '2026-10-19'],
  ['RECON', 60, 'calendar', '行政复议法》第二十条', '2026-11-17'],
  ['NOTICE7', 7, 'calendar', '审核确认办法》第十九条', '2026-09-28'],
  ['CONF10', 10, 'working', '审核确认办法》第二十条', '2026-10-09'],
  ['ALL30', 30, 'working', '审核确认办法》第二十一条', '2026-11-05'],
  ['REF3', 3, 'working', '审核确认办法》第二十二条', '2026-09-22'],
  ['PUB20', 20, 'working', '政府信息公开条例》第二十六条', '2026-10-22'],
  ['PUB10', 10, 'working', '基层政务公开标准目录', '2026-10-09'],
  ['PIREQ', 15, 'working', '个人信息保护法', '2026-10-15'],
  ['NEED15', 15, 'calendar', '本系统默认', '2026-10-08'],
  ['ACCEPT3', 3, 'working', '本系统默认', '2026-09-22'],
  ['FOLLOW30', 30, 'calendar', '本系统默认', '2026-10-19'],
  ['RELOOK90', 90, 'calendar', '本系统默认', '2026-12-17'],
  ['OBJECT15', 15, 'working', '本系统默认', '2026-10-15'],
  ['TEST1', 1, 'working', '', '2026-09-20'],
];

test.each(ROWS)('%s is %i days (%s)', (code, limit, unit, source, due) => {
  const row = deadlineRow(code);
  expect(row).toMatchObject({ limit, unit });
  expect(row.source).toContain(source);
  expect(row.label).not.toBe('');
  expect(computeDeadline(code, '2026-09-18', CALENDARS).dueOn).toBe(due);
});

test('no row of the table is missing, and none was added unseen', () => {
  const specified = ROWS.map(([code]) => code);
  expect(codesOf(DEADLINES).filter((code) => !specified.includes(code))).toEqual([]);
});

const clock = { startOn: '2026-09-18', extraDays: 0 };

test('what a clock was put back by is added to its limit once, and again after a new calendar', () => {
  const first = putBackDeadline({ ...clock, ruleCode: 'DECIDE', dueOn: '' }, 4, CALENDARS);
  expect(first).toMatchObject({ dueOn: '2026-11-23', extraDays: 4 });
  const second = putBackDeadline({ ...clock, ruleCode: 'DECIDE', ...first }, 30, CALENDARS);
  expect(second).toMatchObject({ dueOn: '2026-12-21', extraDays: 34 });
  const [calendar] = CALENDARS;
  if (!calendar) throw new Error('no calendar');
  const corrected = {
    ...calendar,
    version: '2026-2',
    holidays: [...calendar.holidays, '2026-12-21'],
  };
  expect(recomputeDeadline({ ...clock, ruleCode: 'DECIDE', ...second }, [corrected])).toMatchObject(
    {
      dueOn: '2026-12-22',
      calendarVersion: '2026-2',
    },
  );
});

test('a date that a person chose stays, but for days on which nobody works', () => {
  const assigned = { ...clock, ruleCode: 'ASSIGNED', dueOn: '2026-09-24' };
  expect(recomputeDeadline(assigned, CALENDARS).dueOn).toBe('2026-09-24');
  expect(putBackDeadline(assigned, 1, CALENDARS)).toMatchObject({ dueOn: '2026-09-28' });
  expect(putBackDeadline({ ...clock, ruleCode: 'PIREQ', dueOn: '' }, 4, CALENDARS)).toMatchObject({
    dueOn: '2026-10-19',
    extraDays: 4,
  });
});
