import { expect, test } from 'vitest';
import { toPublicList } from '#spreadsheets/public-list.ts';
import { HEADER, idNumber, lines, parse, row, withoutColumns } from './list-of.ts';

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

  expect(withoutColumns(list.warnings)).toEqual([{ line: 6, reason: 'totals-disagree' }]);
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
  expect(withoutColumns((await parse([{ rows }])).warnings)).toEqual([
    { line: 3, reason: 'amount-over-standard' },
    { line: 4, reason: 'amount-equals-standard' },
  ]);
  expect(
    withoutColumns(withoutColumns((await parse([{ rows }], { period: '2026-06' })).warnings)),
  ).toContainEqual({
    line: 5,
    reason: 'amount-equals-standard',
  });
});

test('an absurd amount is remarked on where no standard is known', async () => {
  const amounts = [5000, 5000.01, 68_000];
  const rows = [HEADER, ...amounts.map((amount, at) => row(at + 1, { '月保障金额(元)': amount }))];
  const { warnings } = await parse([{ rows }], { standards: [] });
  expect(withoutColumns(warnings)).toEqual([
    { line: 3, reason: 'amount-implausible' },
    { line: 4, reason: 'amount-implausible' },
  ]);
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

  expect(withoutColumns(list.rejected)).toEqual([
    { line: 3, reason: 'duplicate' },
    { line: 4, reason: 'amount-missing' },
  ]);
  expect(lines(list.rows)).toEqual([2, 5]);
  expect(
    list.warnings.filter((each) => each.reason === 'duplicate-id').map((each) => each.line),
  ).toEqual([3, 5]);
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

  expect(withoutColumns(list.warnings)).toEqual([
    { line: 3, reason: 'members-differ' },
    { sheet: '人员', line: 3, reason: 'household-missing' },
    { sheet: '人员', line: 3, reason: 'sex-mismatch' },
  ]);
});

test('the public shape holds no full name and no ID number', async () => {
  const list = await parse([{ rows: [HEADER, row(1), row(2, { 身份证号: '990101196001010' })] }]);

  expect(list.rows[0]).toMatchObject({ fullName: '王二明', idNumber: idNumber(1) });
  expect(JSON.stringify(toPublicList(list))).not.toMatch(/990101|王二明/);
});
