import { writeXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { checkCharacterOf } from '#rules/id-number.ts';
import type { Region } from '#rules/place-names.ts';
import { SpreadsheetError } from '#spreadsheets/errors.ts';
import { type ListContext, parseList } from '#spreadsheets/parse-list.ts';
import { toPublicList } from '#spreadsheets/public-list.ts';
import { readSheets } from '#spreadsheets/read-sheets.ts';

type Value = string | number | Date | null;
type Table = { name?: string; hidden?: boolean; rows: Value[][]; merges?: number[][] };

const regions: Region[] = [
  { code: '1', name: '示范区', level: 'district', parentCode: null },
  { code: '11', name: '青山镇', level: 'town', parentCode: '1' },
  { code: '111', name: '柳树村', level: 'village', parentCode: '11' },
  { code: '112', name: '东河村', level: 'village', parentCode: '11' },
  { code: '12', name: '龙湾乡', level: 'town', parentCode: '1' },
  { code: '121', name: '东河村', level: 'village', parentCode: '12' },
];
const standard = { regionCode: '1', aidType: 'RURAL_DIBAO', areaType: 'rural' } as const;
const standards = [
  { ...standard, amountCents: 64_000, effectiveFrom: '2025-07-01' },
  { ...standard, amountCents: 68_000, effectiveFrom: '2026-07-01' },
];
const HEADER = [
  '序号',
  '乡镇',
  '村',
  '户主姓名',
  '身份证号',
  '家庭人口',
  '保障人口',
  '月保障金额(元)',
  '批准时间',
  '与户主关系',
  '备注',
];

function idNumber(order: number, birth = '19600101'): string {
  const digits = `990101${birth}${String(order).padStart(3, '0')}`;
  return digits + checkCharacterOf(digits);
}

/** A row of HEADER; `changes` by column name. */
function row(order: number, changes: Record<string, Value> = {}): Value[] {
  const values: Record<string, Value> = {
    序号: order,
    乡镇: '青山镇',
    村: '柳树村',
    户主姓名: `王${'一二三四五六七八九'[order % 9]}明`,
    身份证号: idNumber(order),
    家庭人口: 1,
    保障人口: 1,
    '月保障金额(元)': 500,
    批准时间: '2021-06',
    ...changes,
  };
  return HEADER.map((name) => values[name] ?? null);
}

/** `merges` as [first line, last line, first column, last column], columns from 0. */
async function parse(tables: Table[], context: Partial<ListContext> = {}, dateSystem?: '1904') {
  const bytes = await writeXlsx({
    sheets: tables.map(({ name, hidden, rows, merges }) => ({
      name: name ?? '农村低保',
      rows,
      ...(hidden ? { hidden } : {}),
      merges: (merges ?? []).map(([from = 1, to = 1, startCol = 0, endCol = 0]) => ({
        startRow: from - 1,
        endRow: to - 1,
        startCol,
        endCol,
      })),
    })),
    ...(dateSystem ? { dateSystem } : {}),
  });
  return parseList(await readSheets(bytes), { regions, standards, period: '2026-10', ...context });
}

const lines = (items: { line: number }[]) => items.map((item) => item.line);

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
  expect(list.rejected).toEqual([{ line: 4, reason: 'village-missing' }]);
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
  expect(list.rejected).toEqual([{ sheet: '红旗村', line: 3, reason: 'village-unknown' }]);
  expect(list.warnings).toEqual([
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

test('printed totals that agree with the rows are silent, others are reported', async () => {
  const total = (label: string, persons: number, amount: number) =>
    row(0, {
      序号: label,
      乡镇: null,
      村: null,
      户主姓名: null,
      身份证号: null,
      家庭人口: null,
      保障人口: persons,
      '月保障金额(元)': amount,
      批准时间: null,
    });
  const list = await parse([
    {
      rows: [
        HEADER,
        row(1),
        row(2),
        total('小计', 2, 1000),
        row(3),
        total('小 计', 1, 400),
        total('合计', 3, 1500),
      ],
    },
  ]);

  expect(list.warnings).toEqual([{ line: 6, reason: 'totals-disagree' }]);
});

test("a minor head, a remark, a member's remark and HIV keep the whole household off the web", async () => {
  const list = await parse([
    {
      rows: [
        HEADER,
        row(1, { 身份证号: idNumber(1, '20081002') }),
        row(2, { 备注: '保密' }),
        row(3, { 家庭人口: 2 }),
        row(0, {
          序号: null,
          身份证号: idNumber(4),
          与户主关系: '配偶',
          备注: '不予公开',
          '月保障金额(元)': null,
        }),
        row(5, { 备注: '艾滋病家庭' }),
        row(6, { 身份证号: idNumber(6, '20081001') }),
      ],
    },
  ]);

  expect(list.rows.map((each) => [each.line, each.maskedName, each.withheldReason])).toEqual([
    [2, null, 'minor-head'],
    [3, null, 'protected'],
    [4, null, 'protected'],
    [6, null, 'protected'],
    [7, '王*明', undefined],
  ]);
  expect(list.households).toBe(5);
  expect(lines(list.withheld)).toEqual([2, 3, 4, 6]);
});

test('amounts are compared with the standard in force in the month of the list', async () => {
  const rows = [
    HEADER,
    row(1, { '月保障金额(元)': 680 }),
    row(2, { '月保障金额(元)': 680.01 }),
    row(3, { 家庭人口: 2, 保障人口: 2, '月保障金额(元)': 680 }),
    row(4, { 家庭人口: 2, 保障人口: 2, '月保障金额(元)': 640 }),
  ];
  expect((await parse([{ rows }])).warnings).toEqual([
    { line: 3, reason: 'amount-over-standard' },
    { line: 4, reason: 'amount-equals-standard' },
  ]);
  expect((await parse([{ rows }], { period: '2026-06' })).warnings).toContainEqual({
    line: 5,
    reason: 'amount-equals-standard',
  });
});

test('the second row of one person waits, but not where the first was rejected', async () => {
  const list = await parse([
    {
      rows: [
        HEADER,
        row(1),
        row(2, { 身份证号: idNumber(1) }),
        row(3, { '月保障金额(元)': null }),
        row(4, { 身份证号: idNumber(3) }),
      ],
    },
  ]);

  expect(list.rejected).toEqual([
    { line: 3, reason: 'duplicate' },
    { line: 4, reason: 'amount-missing' },
  ]);
  expect(lines(list.rows)).toEqual([2, 5]);
  expect(
    list.warnings.filter((each) => each.reason === 'duplicate-id').map((each) => each.line),
  ).toEqual([3, 5]);
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

test('a persons sheet in the same file is counted against the households', async () => {
  const list = await parse([
    { name: '家庭', rows: [['农村低保'], HEADER, row(1, { 家庭人口: 2 })] },
    {
      name: '人员',
      rows: [
        ['姓名', '身份证号', '户主身份证号', '与户主关系', '性别'],
        ['王二明', idNumber(1), idNumber(1), '户主', '男'],
        ['赵六', idNumber(8), idNumber(8), '户主', '男'],
      ],
    },
  ]);

  expect(list.warnings).toEqual([
    { line: 3, reason: 'members-differ' },
    { sheet: '人员', line: 3, reason: 'household-missing' },
    { sheet: '人员', line: 3, reason: 'sex-mismatch' },
  ]);
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

test('the public shape holds no full name and no ID number', async () => {
  const list = await parse([{ rows: [HEADER, row(1), row(2, { 身份证号: '990101196001010' })] }]);

  expect(list.rows[0]).toMatchObject({ fullName: '王二明', idNumber: idNumber(1) });
  expect(JSON.stringify(toPublicList(list))).not.toMatch(/990101|王二明/);
});
