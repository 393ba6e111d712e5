import { expect, test } from 'vitest';
import { SpreadsheetError } from '#spreadsheets/errors.ts';
import { HEADER, idNumber, lines, parse, row, withoutColumns } from './list-of.ts';

/** Sheets that hold more than one list, and lists whose columns are not all recognised. */

const SHORT = ['序号', '户主姓名', '身份证号', '保障人口', '月保障金额', '批准时间'];
const short = (order: number) => [order, '王一明', idNumber(order), 1, 500, '2021-06'];

test('lists below each other each have the village of their own title', async () => {
  const list = await parse([
    {
      rows: [
        ['青山镇柳树村农村低保名单'],
        SHORT,
        short(1),
        ['合计', '1户', null, 1, 500],
        ['青山镇东河村农村低保名单'],
        SHORT,
        short(2),
        ['合计', '1户', null, 1, 500],
      ],
    },
  ]);
  expect(list.rows).toMatchObject([
    { line: 3, placeCode: '111' },
    { line: 7, placeCode: '112' },
  ]);
  expect(list.rows[0]).not.toHaveProperty('sheet');
  expect(list.warnings).toEqual([]);
});

test('a second list may have its columns in another order', async () => {
  const list = await parse([
    {
      rows: [['名单'], HEADER, row(1), ['名单（续）'], HEADER.toReversed(), row(2).toReversed()],
    },
  ]);
  expect(lines(list.rows)).toEqual([3, 6]);
  expect(list.rejected).toEqual([]);
});

test('a header printed again on each page begins no new list', async () => {
  const title = ['青山镇柳树村农村低保名单'];
  const list = await parse([
    { rows: [title, SHORT, short(1), title, ['第2页'], SHORT, short(2), SHORT, short(2)] },
  ]);
  expect(lines(list.rows)).toEqual([3, 7]);
  expect(withoutColumns(list.rejected)).toEqual([{ line: 9, reason: 'duplicate' }]);
});

test('lists side by side are read both, each with its own totals', async () => {
  const beside = (left: unknown[], right: unknown[]) => [...left, null, ...right] as string[];
  const list = await parse([
    {
      rows: [
        ['青山镇柳树村农村低保公示'],
        beside(SHORT, SHORT),
        beside(short(1), short(2)),
        beside(short(3), ['合计', '1户', null, 1, 500]),
      ],
    },
  ]);
  expect(lines(list.rows)).toEqual([3, 4, 3]);
  expect(list.rows.every(({ placeCode }) => placeCode === '111')).toBe(true);
  expect(list.warnings).toEqual([]);
});

test('members sideways are not taken for a list beside', async () => {
  const header = ['村', '姓名', '身份证号', '姓名', '身份证号', '月保障金额', '批准时间'];
  const data = ['柳树村', '王一明', idNumber(1), '李秀', idNumber(2), 500, '2021-06'];
  const list = await parse([{ rows: [header, data] }]);
  expect(list.rows).toMatchObject([{ line: 2, members: 2 }]);
});

test('a member under a column without a name is not left out of the count', async () => {
  const header = ['村', '月保障金额', '批准时间', '姓名', '身份证', '姓名', '身份证'];
  const data = ['柳树村', 500, '2021-06', '王一明', idNumber(1), '李秀', idNumber(2)];
  const list = await parse([{ rows: [header, [...data, '王小', idNumber(3)], data] }]);
  expect(list.rejected).toMatchObject([{ line: 2, reason: 'members-missing' }]);
});

test.each([
  ['户主姓名', 'name-column-missing'],
  ['身份证号', 'id-column-missing'],
] as const)('a list whose %s is not recognised says so', async (name, code) => {
  const header = HEADER.map((each) => (each === name ? '甲栏' : each));
  const refusal = parse([{ rows: [header, row(1)] }]);
  await expect(refusal).rejects.toThrow(new SpreadsheetError(code));
});

test.each([
  ['村', 'village-column-missing'],
  ['月保障金额(元)', 'amount-column-missing'],
])('a list whose %s is not recognised says so at its header', async (name, reason) => {
  const header = HEADER.map((each) => (each === name ? '甲栏' : each));
  const list = await parse([{ rows: [header, row(1)] }]);
  expect(list.warnings).toContainEqual({ line: 1, reason });
});
