import { expect, test } from 'vitest';
import type { ListContext } from '#spreadsheets/parse-list.ts';
import { parseList } from '#spreadsheets/parse-list.ts';
import { readSheets } from '#spreadsheets/read-sheets.ts';
import {
  HEADER,
  idNumber,
  lines,
  parse,
  regions,
  row,
  standards,
  withoutColumns,
} from './list-of.ts';

/** Shapes of lists: where the header stands, how members and villages are laid out, CSV as programs write it. */

const summary = (list: Awaited<ReturnType<typeof parse>>) => ({
  rows: list.rows.map((each) => [each.line, each.village, each.members, each.memberPersons.length]),
  rejected: withoutColumns(list.rejected),
});

async function parseText(text: string | Uint8Array, context: Partial<ListContext> = {}) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const sheets = await readSheets(bytes, '农村低保.csv');
  const stated = { regions, standards, period: '2026-10', fileName: '农村低保.csv' };
  return parseList(sheets, { ...stated, ...context });
}

test('members below their head without a column for the relation belong to the merged cells above', async () => {
  const header = ['序号', '村', '姓名', '身份证号', '保障人口', '保障金额', '批准时间'];
  const list = await parse([
    {
      rows: [
        ['青山镇2026年10月农村低保'],
        header,
        [1, '柳树村', '王一明', idNumber(1), 3, 900, '2021.6'],
        [null, null, '赵六', idNumber(2), null, null, null],
        [null, null, '赵小六', idNumber(3), null, null, null],
        [2, '柳树村', '王二明', idNumber(4), 1, 400, '2021.6'],
      ],
      merges: [
        [3, 5, 0, 0],
        [3, 5, 1, 1],
        [3, 5, 4, 4],
        [3, 5, 5, 5],
      ],
    },
  ]);

  expect(summary(list)).toEqual({
    rows: [
      [3, '柳树村', 3, 2],
      [6, '柳树村', 1, 0],
    ],
    rejected: [],
  });
});

test('members may stand in columns of their own, under a merged head', async () => {
  const list = await parse([
    {
      rows: [
        ['青山镇2026年10月农村低保'],
        ['序号', '村', '户主', null, '家庭成员', null, null, '月保障金额', '纳入时间'],
        [null, null, '姓名', '身份证号码', '姓名', '身份证号码', '与户主关系', null, null],
        [1, '柳树村', '王一明', idNumber(1), '赵六', idNumber(2), '配偶', 900, '2021.6'],
        [null, null, null, null, '赵小六', idNumber(3), '子', null, null],
        [2, '柳树村', '王二明', idNumber(4), null, null, null, 400, '2021.6'],
        [3, '柳树村', '王三明', idNumber(5), '李五', idNumber(6), '妻', 800, '2021.6'],
      ],
      merges: [
        [2, 2, 2, 3],
        [2, 2, 4, 6],
        [2, 3, 0, 0],
        [2, 3, 1, 1],
        [2, 3, 7, 7],
        [2, 3, 8, 8],
        [4, 5, 0, 0],
        [4, 5, 1, 1],
        [4, 5, 2, 2],
        [4, 5, 3, 3],
        [4, 5, 7, 7],
      ],
    },
  ]);

  expect(summary(list)).toEqual({
    rows: [
      [4, '柳树村', 3, 2],
      [6, '柳树村', 1, 0],
      [7, '柳树村', 2, 1],
    ],
    rejected: [],
  });
  expect(list.rows[0]).toMatchObject({ fullName: '王一明', idNumber: idNumber(1) });
});

test('columns of members named 成员姓名 and 成员身份证号 go on below the head', async () => {
  const list = await parse([
    {
      rows: [
        ['乡镇', '村', '户主姓名', '身份证号', '成员姓名', '成员身份证号', '保障金额', '批准时间'],
        ['青山镇', '柳树村', '王一明', idNumber(1), '赵六', idNumber(2), 900, '2021.6'],
        [null, null, null, null, '赵小六', idNumber(3), null, null],
        ['青山镇', '柳树村', '王二明', idNumber(4), null, null, 400, '2021.6'],
      ],
    },
  ]);

  expect(list.rejected).toEqual([]);
  expect(list.rows.map((each) => each.memberPersons.map((person) => person.name))).toEqual([
    ['赵六', '赵小六'],
    [],
  ]);
});

test('pairs of members sideways may be numbered or called by their relation', async () => {
  for (const [first, second] of [
    [
      ['姓名1', '身份证1'],
      ['姓名2', '身份证2'],
    ],
    [
      ['成员1姓名', '成员1身份证号'],
      ['成员2姓名', '成员2身份证号'],
    ],
    [
      ['成员1', '成员1身份证号码'],
      ['成员2', '成员2身份证号码'],
    ],
    [
      ['配偶姓名', '配偶身份证号'],
      ['子女姓名', '子女身份证号'],
    ],
    [
      ['姓名', '身份证号'],
      ['姓名', '身份证号'],
    ],
  ] as const) {
    const list = await parse([
      {
        rows: [
          [
            '乡镇',
            '村',
            '户主姓名',
            '电话',
            '身份证号',
            ...first,
            ...second,
            '保障金额',
            '批准时间',
          ],
          [
            '青山镇',
            '柳树村',
            '王一明',
            '1',
            idNumber(1),
            '赵六',
            idNumber(2),
            '赵小',
            idNumber(3),
            900,
            '2021.6',
          ],
          ['青山镇', '柳树村', '王二明', '1', idNumber(4), null, null, null, null, 400, '2021.6'],
        ],
      },
    ]);
    expect(summary(list)).toEqual({
      rows: [
        [2, '柳树村', 3, 2],
        [3, '柳树村', 1, 0],
      ],
      rejected: [],
    });
    expect(list.rows[0]?.memberPersons).toEqual([
      { name: '赵六', idNumber: idNumber(2) },
      { name: '赵小', idNumber: idNumber(3) },
    ]);
  }
});

test('a sheet says its village in many ways, and its town in the title or the file name', async () => {
  const header = HEADER.filter((name) => !['乡镇', '村'].includes(name));
  const bare = (order: number) => row(order).filter((_, at) => at !== 1 && at !== 2);
  const names = ['1.柳树村', '东河村 ', '柳树', '东河村（3户）', '青山镇柳树村委会', '红旗村'];
  const list = await parse(
    names.map((name, at) => ({ name, rows: [header, bare(at + 1)] })),
    { fileName: '青山镇农村低保2026年10月.xlsx' },
  );

  expect(list.rows.map((each) => each.placeCode)).toEqual(['111', '112', '111', '112', '111']);
  expect(list.rejected).toMatchObject([{ sheet: '红旗村', reason: 'village-unknown' }]);
});

test('two levels of header need no merged cells, as in CSV', async () => {
  const list = await parseText(
    [
      '青山镇二〇二六年十月农村低保名单,,,,,,',
      '序号,村（社区）,户主基本情况,,保障情况,,',
      ',,户主姓名,身份证号,保障人口,月保障金额（元）,批准时间',
      `1,柳树村,王小明,${idNumber(1)},1,500,2021年6月`,
    ].join('\r\n'),
    { period: undefined },
  );

  expect(list.period).toBe('2026-10');
  expect(summary(list)).toEqual({ rows: [[4, '柳树村', 1, 0]], rejected: [] });
});

const CSV = [
  HEADER.join(','),
  row(1)
    .map((value) => value ?? '')
    .join(','),
  row(2)
    .map((value) => value ?? '')
    .join(','),
];
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

test.each<[string, string | Uint8Array]>([
  ['line feeds', CSV.join('\n')],
  ['mixed line ends', `${CSV[0]}\r\n${CSV[1]}\n${CSV[2]}\n`],
  ['the line ends of old Macs', CSV.join('\r')],
  ['tabs', CSV.join('\r\n').replaceAll(',', '\t')],
  ['semicolons', CSV.join('\r\n').replaceAll(',', ';')],
  ['quotes around everything', CSV.map((line) => `"${line.replaceAll(',', '","')}"`).join('\n')],
  ['UTF-16 with tabs, as Excel calls Unicode text', utf16(CSV.join('\r\n').replaceAll(',', '\t'))],
  ['a byte order mark', `\uFEFF${CSV.join('\n')}`],
  ['numbers kept by ="…"', CSV.join('\n').replaceAll(/(990101\d{11}[\dX])/g, '="$1"')],
  ['numbers kept by "=""…"""', CSV.join('\n').replaceAll(/(990101\d{11}[\dX])/g, '"=""$1"""')],
])('CSV with %s is read', async (_what, text) => {
  const list = await parseText(text);

  expect(summary(list)).toEqual({
    rows: [
      [2, '柳树村', 1, 0],
      [3, '柳树村', 1, 0],
    ],
    rejected: [],
  });
});

test('one file may hold several kinds of aid, told by a column or by its sheets', async () => {
  const byColumn = await parse([
    {
      name: 'Sheet1',
      rows: [
        [...HEADER, '救助类型'],
        [...row(1), '农村低保'],
        [...row(2), '农村特困供养'],
        [...row(3, { 身份证号: idNumber(1) }), '特困'],
      ],
    },
  ]);
  const bySheet = await parse([
    { name: '农村低保', rows: [HEADER, row(1)] },
    { name: '特困人员', rows: [HEADER, row(2)] },
  ]);

  expect(byColumn.rows.map((each) => each.aidType)).toEqual(['RURAL_DIBAO', 'TEKUN']);
  expect(withoutColumns(byColumn.rejected)).toEqual([{ line: 4, reason: 'duplicate' }]);
  expect(bySheet.rows.map((each) => each.aidType)).toEqual(['RURAL_DIBAO', 'TEKUN']);
});

test('the same person in two towns or on two sheets is a duplicate', async () => {
  const list = await parse([
    { name: '农村低保一', rows: [HEADER, row(1)] },
    { name: '农村低保二', rows: [HEADER, row(1, { 乡镇: '龙湾乡', 村: '东河村' })] },
  ]);

  expect(withoutColumns(list.rejected)).toEqual([
    { sheet: '农村低保二', line: 2, reason: 'duplicate' },
  ]);
});

test.each([
  [['共 2 户', null]],
  [['合计', null, null, null, '2户', null, 2, 1000]],
  [[null, '小计', null, null, '2户', 2, 2, 1000]],
  [[null, null, null, '合  计', 2, null, 2, '1,000.00元']],
  [['总计', null, null, '2户', null, null, '2人', 1000]],
  [['单位负责人：', null, null, '填表人：王一明']],
  [[null, null, null, '注：本表一式三份，第2页']],
  [[3, '青山镇', '柳树村', null, null, null, null, null, null, '户主']],
  [[3, '青山镇', '柳树村', '/', '/', 0, 0, 0]],
])('%j below the list is no recipient', async (last) => {
  const list = await parse([{ rows: [HEADER, row(1), row(2), last] }]);

  expect(lines(list.rows)).toEqual([2, 3]);
  expect(list.rejected).toEqual([]);
  expect(list.warnings).toEqual([]);
});

test('a start month or a remark in a merged cell holds for all its rows, an amount does not', async () => {
  const list = await parse([
    {
      rows: [HEADER, row(1), row(2, { 批准时间: null }), row(3, { 备注: '保密' }), row(4)],
      merges: [
        [2, 3, 8, 8],
        [4, 5, 10, 10],
      ],
    },
  ]);

  expect(list.rows.map((each) => [each.line, each.since, each.maskedName === null])).toEqual([
    [2, '2021-06', false],
    [3, '2021-06', false],
    [4, '2021-06', true],
    [5, '2021-06', true],
  ]);
});
