import { expect, test } from 'vitest';
import { countByPlace, countFirstTime, firstTimeRate } from '#rules/ledger-counts.ts';
import type { CountedLead } from '#rules/ledger-counts.ts';

function lead(given: Partial<CountedLead>): CountedLead {
  return {
    state: 'CONCLUDED',
    class: 'REPORT',
    town: '青山镇',
    village: null,
    problems: ['STALL'],
    dueOn: null,
    repeats: 0,
    events: new Set(),
    measures: [],
    ...given,
  };
}
const RULES = { today: '2026-11-20', hotFrom: 3, hidesSmall: false };

test.each<[string, Partial<CountedLead>, number, number]>([
  ['concluded and left so', {}, 1, 1],
  ['struck off', { state: 'CLOSED' }, 1, 1],
  ['still handled', { state: 'INVESTIGATING' }, 0, 0],
  ['refused', { state: 'REJECTED' }, 0, 0],
  ['merged into another', { state: 'MERGED' }, 0, 0],
  ['repeated', { repeats: 1 }, 1, 0],
  ['returned by the body it was handed to', { events: new Set(['return-transfer']) }, 1, 0],
  ['reopened and handled again', { state: 'INVESTIGATING', events: new Set(['reopen']) }, 1, 0],
  ['under review', { state: 'REVIEW', events: new Set(['open-review']) }, 1, 0],
  ['completed before the conclusion', { events: new Set(['return-report']) }, 1, 1],
])('a matter that was %s', (_, given, concluded, first) => {
  expect(firstTimeRate([lead(given)])).toMatchObject({ concluded, first });
});

test('the rate is the share of those settled at once, and no number where nothing was concluded', () => {
  expect(firstTimeRate([lead({}), lead({ repeats: 2 })]).rate).toBe(0.5);
  expect(firstTimeRate([]).rate).toBeNull();
  const lines = countFirstTime([lead({}), lead({ town: '龙湾乡', repeats: 1 })], RULES);
  expect(lines.map(({ town, rate }) => [town, rate])).toEqual([
    ['青山镇', '100.0%'],
    ['龙湾乡', '0.0%'],
    ['合计', '50.0%'],
  ]);
});

test('places stand with the most leads first, hot ones with what was done about them', () => {
  const lines = countByPlace(
    [
      lead({ town: '龙湾乡', village: '一村' }),
      lead({ measures: ['重点约谈', '督办'] }),
      lead({ state: 'TRIAGE', dueOn: '2026-11-19' }),
      lead({ problems: ['LOUBAO', 'STALL'], class: 'APPEAL' }),
      lead({ state: 'MERGED' }),
      lead({ town: null }),
    ],
    RULES,
  );
  expect(lines).toMatchObject([
    {
      town: '青山镇',
      count: '3',
      reports: '2',
      overdue: '1',
      problems: '推诿刁难3、漏保（应保未保）1',
      isHot: '是',
      measures: '重点约谈',
    },
    { town: '龙湾乡', village: '全镇（街道）', count: '1', isHot: '否', measures: '' },
    { town: '龙湾乡', village: '一村', count: '1' },
  ]);
});

test('small numbers are hidden where the reader is a township', () => {
  const [line] = countByPlace([lead({}), lead({})], { ...RULES, hidesSmall: true });
  expect(line).toMatchObject({ count: '少于3', overdue: '0', problems: '' });
});
