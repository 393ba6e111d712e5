import { expect, test } from 'vitest';
import { HEADER, lines, parse, row, withoutColumns } from './list-of.ts';

const rows = [
  HEADER,
  row(1),
  row(2, { 村: '柳树村村委会' }),
  row(3, { 村: '柳树村 村委会' }),
  row(4, { 村: '老柳树屯' }),
];

test('each spelling that is no name of a place is listed once with what it was taken for', async () => {
  const list = await parse([{ rows }]);

  expect(list.spellings).toEqual([
    { town: '青山镇', written: '柳树村村委会', placeCode: '111', lines: 2 },
    { town: '青山镇', written: '老柳树屯', placeCode: null, lines: 1 },
  ]);
  expect(withoutColumns(list.warnings).map((each) => each.reason)).toEqual([
    'village-alias',
    'village-alias',
  ]);
});

test('a confirmed spelling is taken without a word, below its town or its county', async () => {
  for (const scopeCode of ['11', '1']) {
    const list = await parse([{ rows }], {
      aliases: [
        { scopeCode, written: '柳树村村委会', placeCode: '111' },
        { scopeCode, written: '老柳树屯', placeCode: '111' },
      ],
    });

    expect(lines(list.rows)).toEqual([2, 3, 4, 5]);
    expect(list.warnings).toEqual([]);
    expect(list.spellings.map((each) => each.placeCode)).toEqual(['111', '111']);
  }
});

test("another town's confirmed spelling, or one of a village elsewhere, changes nothing", async () => {
  for (const alias of [
    { scopeCode: '12', written: '老柳树屯', placeCode: '111' },
    { scopeCode: '1', written: '老柳树屯', placeCode: '121' },
    { scopeCode: '11', written: '老柳树屯', placeCode: 'gone' },
  ]) {
    const list = await parse([{ rows }], { aliases: [alias] });
    expect(lines(list.rejected)).toEqual([5]);
  }
});

test('a village cell with something else in it is no spelling', async () => {
  const shifted = [
    '990101196001010011',
    '13800000000',
    '王小明',
    '因病',
    '青山镇柳树村13号房东头第二家往里',
  ];
  const list = await parse([
    { rows: [HEADER, ...shifted.map((村, at) => row(at + 1, { 村 })), row(9)] },
  ]);

  expect(list.spellings.filter((each) => /王|\d{3}|病/.test(each.written))).toEqual([]);
});

test('problems name the column as a spreadsheet program letters it', async () => {
  const list = await parse([
    {
      rows: [
        HEADER,
        row(1, { 身份证号: '123' }),
        row(2, { 村: '不明村' }),
        row(3, { '月保障金额(元)': '若干' }),
        row(4, { 备注: '保密' }),
        row(5, { 村: '柳树村村委会' }),
      ],
    },
  ]);

  expect([...list.rejected, ...list.withheld, ...list.warnings]).toMatchObject([
    { line: 2, column: 'E', reason: 'id-length' },
    { line: 3, column: 'C', reason: 'village-unknown' },
    { line: 4, column: 'H', reason: 'amount-unreadable' },
    { line: 5, column: 'K', reason: 'protected' },
    { line: 6, column: 'C', reason: 'village-alias' },
  ]);
});

test("a town's confirmed spelling is known in a list without towns, where one village alone can be meant", async () => {
  const untowned = [
    HEADER,
    row(1, { 乡镇: '', 村: '老柳树屯' }),
    row(2, { 乡镇: '', 村: '东河口' }),
  ];
  const aliases = [
    { scopeCode: '11', written: '老柳树屯', placeCode: '111' },
    { scopeCode: '11', written: '东河口', placeCode: '112' },
  ];
  const list = await parse([{ rows: untowned }], { aliases });

  expect(list.rows.map((each) => each.placeCode)).toEqual(['111']);
});
