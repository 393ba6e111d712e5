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

/** Whole files: headers on two rows, CSV as programs write it, several kinds of aid, merged remarks. */

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
