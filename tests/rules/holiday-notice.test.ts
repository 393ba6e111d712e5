import { expect, test } from 'vitest';
import { CALENDAR_2026 } from '#rules/calendar-2026.ts';
import { isStale, missingYears, nextVersion } from '#rules/calendar.ts';
import { daysOf, rangesOf, readHolidayNotice } from '#rules/holiday-notice.ts';

const NOTICE_2026 = `
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`;

test('the sentences of the notice of 2026 give the calendar that ships', () => {
  const notice = readHolidayNotice(2026, NOTICE_2026);
  expect(notice.problems).toEqual([]);
  expect(notice.warnings).toEqual([]);
  expect(daysOf(notice.holidays)).toEqual(CALENDAR_2026.holidays);
  expect(notice.workingWeekends).toEqual(CALENDAR_2026.workingWeekends);
});

test('a list of dates says the same as the sentences', () => {
  const lines = [
    ...CALENDAR_2026.holidays.map((day) => `${day},放假`),
    ...CALENDAR_2026.workingWeekends.map((day) => `上班：${day}`),
  ];
  const { holidays, workingWeekends, problems } = readHolidayNotice(2026, lines.join('\n'));
  expect(problems).toEqual([]);
  expect(rangesOf(daysOf(holidays))).toEqual(readHolidayNotice(2026, NOTICE_2026).holidays);
  expect(workingWeekends).toEqual(CALENDAR_2026.workingWeekends);
});

test.each([
  ['another year', 2027, NOTICE_2026, '2027年1月1日是周五，写的是周四。'],
  ['a wrong count', 2026, NOTICE_2026.replace('共9天', '共8天'), '有9天，写的是共8天'],
  ['a Friday to work', 2026, `${NOTICE_2026}11月20日上班。`, '2026年11月20日是周五，本来就上班'],
  ['no such day', 2026, `${NOTICE_2026}2月30日放假。`, '不是一个日期'],
  ['both', 2026, `${NOTICE_2026}10月3日上班。`, '2026年10月3日既放假又上班'],
  ['a part', 2026, '元旦：1月1日至3日放假。', '没有找到2026年5月1日'],
  ['nothing', 2026, '', '没有找到2026年1月1日'],
  ['a bare date', 2026, `${NOTICE_2026}11月21日`, '没有写明放假还是上班'],
  ['a month', 2026, `${NOTICE_2026}8月1日至31日放假。`, '超过16天'],
  ['another December', 2026, `${NOTICE_2026}2025年12月20日上班。`, '不在2026年'],
])('%s is refused', (_, year, text, words) => {
  expect(readHolidayNotice(year, text).problems.join('')).toContain(words);
});

test('New Year may begin in December, and the date of the paper is not taken for a day off', () => {
  const text = NOTICE_2026.replace(
    '1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班',
    '2025年12月31日（周三）至2026年1月2日（周五）放假调休，共3天。2025年12月28日（周日）上班',
  );
  const { holidays, workingWeekends, problems } = readHolidayNotice(
    2026,
    `${text}\n国务院办公厅\n2025年11月4日`,
  );
  expect(problems).toEqual([]);
  expect(holidays[0]).toEqual({ from: '2025-12-31', to: '2026-01-02' });
  expect(workingWeekends[0]).toBe('2025-12-28');
});

test('days that do not add up to those of the law are pointed out', () => {
  const { problems, warnings } = readHolidayNotice(
    2026,
    NOTICE_2026.replace('1月4日（周日）上班。', ''),
  );
  expect(problems).toEqual([]);
  expect(warnings.join('')).toContain('净放假14天');
});

test('the next year is asked for from November on', () => {
  expect(missingYears('2026-10-31', [CALENDAR_2026])).toEqual([]);
  expect(missingYears('2026-11-01', [CALENDAR_2026])).toEqual([2027]);
  expect(missingYears('2027-01-01', [CALENDAR_2026])).toEqual([2027]);
  expect(nextVersion(2026, [CALENDAR_2026])).toBe('2026-2');
  expect(nextVersion(2027, [CALENDAR_2026])).toBe('2027-1');
});

test('a deadline is stale when a year it rests on was loaded or corrected', () => {
  expect(isStale('2026-1', [CALENDAR_2026])).toBe(false);
  expect(isStale('2026-1+2027-?', [CALENDAR_2026])).toBe(false);
  expect(isStale('', [CALENDAR_2026])).toBe(false);
  const corrected = { ...CALENDAR_2026, version: '2026-2' };
  expect(isStale('2026-1', [corrected])).toBe(true);
  const loaded = { ...CALENDAR_2026, year: 2027, version: '2027-1' };
  expect(isStale('2026-1+2027-?', [CALENDAR_2026, loaded])).toBe(true);
});
