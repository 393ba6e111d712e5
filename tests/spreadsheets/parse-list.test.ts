import { expect, test } from 'vitest';
import { SpreadsheetError } from '#spreadsheets/errors.ts';
import { HEADER, idNumber, lines, parse, row, withoutColumns } from './list-of.ts';

test('a header over two rows with merged group cells is found, in any order of columns', async () => {
  const list = await parse([
    {
      rows: [
        ['示范区2026年10月农村低保对象名册'],
        ['序号', '户主基本情况', null, null, '所在地', null, '保障情况', null, null],
        [
          null,
          '身份证号码',
          '户主姓名',
          '性别',
          '乡镇',
          '村（社区）',
          '月保障金额\n(元)',
          '保障人口',
          '批准时间',
        ],
        [1, idNumber(1), '王小明', '男', '青山镇', '柳树村', 500, 1, '2021.6'],
      ],
      merges: [
        [1, 1, 0, 8],
        [2, 3, 0, 0],
        [2, 2, 1, 3],
        [2, 2, 4, 5],
        [2, 2, 6, 8],
      ],
    },
  ]);

  expect(list.rows).toMatchObject([
    { line: 4, maskedName: '王*明', village: '柳树村', members: 1 },
  ]);
});

test('town and village are filled down inside merged ranges and nowhere else', async () => {
  const list = await parse([
    {
      rows: [HEADER, row(1), row(2, { 乡镇: null, 村: null }), row(3, { 村: null })],
      merges: [
        [2, 3, 1, 1],
        [2, 3, 2, 2],
      ],
    },
  ]);

  expect(list.rows.map((each) => [each.line, each.village])).toEqual([
    [2, '柳树村'],
    [3, '柳树村'],
  ]);
  expect(withoutColumns(list.rejected)).toEqual([{ line: 4, reason: 'village-missing' }]);
});

test('each village may have its sheet; hidden sheets and summaries are named, not read', async () => {
  const header = HEADER.filter((name) => !['乡镇', '村'].includes(name));
  const bare = (order: number) => row(order).filter((_, at) => at !== 1 && at !== 2);
  const title = ['青山镇2026年10月农村低保名单'];
  const list = await parse([
    { name: '柳树村', rows: [title, header, bare(1)] },
    { name: '东河村', rows: [title, header, bare(2)] },
    { name: '红旗村', rows: [title, header, bare(3)] },
    { name: '上月', hidden: true, rows: [title, header, bare(4)] },
    {
      name: '汇总',
      rows: [
        ['乡镇', '村', '户数', '保障人口', '保障金额'],
        ['青山镇', '柳树村', 1, 1, 500],
      ],
    },
  ]);

  expect(list.rows.map((each) => [each.sheet, each.line, each.placeCode])).toEqual([
    ['柳树村', 3, '111'],
    ['东河村', 3, '112'],
  ]);
  expect(withoutColumns(list.rejected)).toEqual([
    { sheet: '红旗村', line: 3, reason: 'village-unknown' },
  ]);
  expect(withoutColumns(list.warnings)).toEqual([
    { sheet: '上月', line: 1, reason: 'sheet-hidden' },
    { sheet: '汇总', line: 1, reason: 'sheet-without-list' },
  ]);
});

test('days counted from 1904 give the same months', async () => {
  const rows = [
    HEADER,
    row(1, { 批准时间: 44_348 - 1462 }),
    row(2, { 批准时间: new Date('2021-06-01') }),
  ];
  const list = await parse([{ rows }], {}, '1904');

  expect(list.rows.map((each) => each.since)).toEqual(['2021-06', '2021-06']);
});

test('a header repeated in the middle, column numbers and footers are no recipients', async () => {
  const list = await parse([
    {
      rows: [
        HEADER,
        HEADER.map((_, at) => at + 1),
        row(1),
        HEADER,
        row(2),
        ['审核人：', null, null, '制表人：'],
        ['说明：', '本表一式三份'],
      ],
    },
  ]);

  expect(lines(list.rows)).toEqual([3, 5]);
  expect(list.rejected).toEqual([]);
});

test('a column called __proto__ or constructor is a column like any other', async () => {
  const list = await parse([
    {
      rows: [
        ['__proto__', ...HEADER, 'constructor'],
        ['x', ...row(1), 'y'],
      ],
    },
  ]);

  expect(lines(list.rows)).toEqual([2]);
});

test('members may have a row each or stand sideways with a relation each', async () => {
  const perRow = await parse([
    {
      rows: [
        [
          '乡镇',
          '村',
          '户主姓名',
          '姓名',
          '身份证号',
          '与户主关系',
          '家庭人口',
          '保障金额',
          '批准时间',
        ],
        ['青山镇', '柳树村', '王一明', '王一明', idNumber(1), '户主', 2, 900, '2021.6'],
        ['青山镇', '柳树村', '王一明', '赵六', idNumber(2), '配偶', null, null, null],
      ],
    },
  ]);
  const sideways = await parse([
    {
      rows: [
        [
          '乡镇',
          '村',
          '户主姓名',
          '身份证',
          '姓名',
          '与户主关系',
          '身份证',
          '保障金额',
          '批准时间',
        ],
        ['青山镇', '柳树村', '王一明', idNumber(1), '赵六', '配偶', idNumber(2), 900, '2021.6'],
      ],
    },
  ]);

  for (const list of [perRow, sideways]) {
    expect(list.rejected).toEqual([]);
    expect(list.rows).toMatchObject([
      {
        line: 2,
        idNumber: idNumber(1),
        members: 2,
        memberPersons: [{ name: '赵六', idNumber: idNumber(2) }],
      },
    ]);
  }
});

test('the aid type may stand in a column of its own', async () => {
  const list = await parse([
    {
      name: 'Sheet1',
      rows: [
        [...HEADER, '救助类型'],
        [...row(1), '农村低保'],
      ],
    },
  ]);

  expect(list.aidType).toBe('RURAL_DIBAO');
});

test('a list that names no aid type anywhere is refused', async () => {
  const refusal = parse([{ name: 'Sheet1', rows: [HEADER, row(1)] }]);

  await expect(refusal).rejects.toThrow(new SpreadsheetError('aid-type-missing'));
});
