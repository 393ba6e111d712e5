import { expect, test } from 'vitest';
import { readAmount } from '#rules/amount.ts';
import { asksForConfidence, namesProtectedIllness } from '#rules/confidence.ts';
import { fieldOfHeader } from '#rules/header-aliases.ts';
import { readStartMonth } from '#rules/start-month.ts';
import { guardFile } from '#spreadsheets/guard.ts';
import { HEADER, idNumber, lines, parse, row, withoutColumns } from './list-of.ts';
import { zipOf } from './zip-of.ts';

/** Lists as offices write them by hand: units, footers, relations and addresses in unusual places. */

test('a workbook whose parts are stored as they are is looked through, wherever they begin', () => {
  for (const name of ['a.xml', 'ab.xml']) {
    const sheet = `<worksheet>${'<row/>'.repeat(50)}</worksheet>`;
    const parts = [
      { name, content: '<a/>', stored: true },
      { name: 'xl/worksheets/sheet1.xml', content: sheet, stored: true },
    ];
    expect(guardFile(zipOf(parts))).toBe('xlsx');
  }
});

test.each([
  ['保障对象', 'name'],
  ['受助人姓名', 'headName'],
  ['本月发放', 'amount'],
  ['金额（元）', 'amount'],
  ['每月发放金额', 'amount'],
  ['月保障金额（万元）', 'amount'],
  ['起始保障时间', 'since'],
  ['村屯', 'village'],
  ['不予公开', 'mustProtect'],
  ['protected', 'mustProtect'],
])('the column %s is known', (header, field) => {
  expect(fieldOfHeader(header)).toBe(field);
});

test('an amount in 万元 is read as such, whether its cell, its header or a note says so', async () => {
  expect(readAmount({ kind: 'text', value: '0.09万元' })).toEqual({ cents: 90_000 });
  const inWan = HEADER.map((name) => (name === '月保障金额(元)' ? '月保障金额（万元）' : name));
  const plain = HEADER.map((name) => (name === '月保障金额(元)' ? '月保障金额' : name));
  const rows = [row(1, { '月保障金额(元)': 0.05 }), row(2, { '月保障金额(元)': '500元' })];
  for (const table of [
    [inWan, ...rows],
    [['单位：户、人、万元'], plain, ...rows],
  ]) {
    const list = await parse([{ rows: table }]);
    expect(list.rows.map((each) => each.amountCents)).toEqual([50_000, 50_000]);
  }
});

test('an amount that contradicts its unit is not taken', async () => {
  const inWan = HEADER.map((name) => (name === '月保障金额(元)' ? '月保障金额（万元）' : name));
  const list = await parse([{ rows: [inWan, row(1)] }]);
  expect(list.rejected).toMatchObject([{ line: 2, reason: 'amount-unreadable' }]);
  const small = await parse([{ rows: [HEADER, row(1, { '月保障金额(元)': 0.05 })] }]);
  expect(small.warnings).toMatchObject([{ line: 2, reason: 'amount-implausible' }]);
});

test.each([
  ['2021、6', '2021-06'],
  ['2021—06', '2021-06'],
  ['2021-06-01 至今', '2021-06'],
])('the start %s is %s', (value, month) => {
  expect(readStartMonth({ kind: 'text', value })).toBe(month);
});

test('a start after the month of the list is pointed out', async () => {
  const list = await parse([{ rows: [HEADER, row(1, { 批准时间: '2031-06' })] }]);
  expect(withoutColumns(list.warnings)).toEqual([{ line: 2, reason: 'start-month-later' }]);
});

test.each([
  '免公示',
  '严禁公开',
  '请勿泄露个人信息',
  '匿名公示',
  '特殊保护对象',
  '受保护',
  '感染者家属',
])('the remark %s keeps a household off the web', (remark) => {
  expect(asksForConfidence(remark) || namesProtectedIllness(remark)).toBe(true);
});

test.each([
  [['单位负责人（签字）：', null, null, null, '经办人（签字）：']],
  [['主管领导：', '赵某', null, '分管领导：', '钱某', null, '经办人：', '孙某']],
  [[null, null, null, '以下空白']],
  [['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I']],
  [['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸']],
  [['必填', '必填', '必填', '必填', '必填', '选填']],
  [['示例', '青山镇', '柳树村', '张三', idNumber(99), 1, 1, 500, '2021-06']],
])('the line %j of a form is no recipient', async (line) => {
  const list = await parse([{ rows: [HEADER, row(1), line] }]);
  expect(lines(list.rows)).toEqual([2]);
  expect(list.rejected).toEqual([]);
});

test('relations that stand before each member sideways say nothing about the row', async () => {
  const header = [
    '村',
    '身份证',
    '姓名',
    '与户主关系',
    '身份证',
    '姓名',
    '与户主关系',
    '身份证',
    '姓名',
  ];
  const data = [
    '柳树村',
    idNumber(1),
    '王明',
    '配偶',
    idNumber(2),
    '李秀',
    '之子',
    idNumber(3),
    '王小',
  ];
  const rows = [
    [...header, '月保障金额'],
    [...data, 900],
    ['柳树村', '', '', '配偶', idNumber(4), '李英', '', '', '', 500],
  ];
  const list = await parse([{ rows }]);
  expect(list.rows).toMatchObject([{ line: 2, maskedName: '王*', members: 3 }]);
  expect(list.rejected).toMatchObject([{ line: 3, reason: 'name-missing' }]);
});

test("a member's row without a head above it is said, not lost", async () => {
  const list = await parse([
    { rows: [HEADER, row(1, { 与户主关系: '配偶' }), row(2, { 与户主关系: '户主' })] },
  ]);
  expect(list.rejected).toEqual([{ line: 2, column: 'J', reason: 'head-missing' }]);
  expect(lines(list.rows)).toEqual([3]);
});

test('a household whose members have amounts of their own waits for one amount', async () => {
  const head = row(1, { 与户主关系: '户主', 家庭人口: 2, 保障人口: 2 });
  const member = (amount: number | null) =>
    row(2, { 序号: null, 与户主关系: '配偶', '月保障金额(元)': amount });
  const several = await parse([{ rows: [HEADER, head, member(400)] }]);
  expect(several.rejected).toEqual([{ line: 2, column: 'H', reason: 'amount-per-person' }]);
  for (const amount of [null, 500]) {
    const list = await parse([{ rows: [HEADER, head, member(amount)] }]);
    expect(list.rows).toMatchObject([{ line: 2, amountCents: 50_000, members: 2 }]);
  }
});

test('where no column names the village, the address does, and a person confirms it', async () => {
  const header = HEADER.map((name) => (name === '村' ? '家庭住址' : name));
  const list = await parse([
    {
      rows: [
        header,
        row(1, { 乡镇: null, 村: '青山镇柳树村3组15号' }),
        row(2, { 乡镇: null, 村: '示范区龙湾乡东河村一组' }),
        row(3, { 乡镇: '龙湾乡', 村: '青山镇柳树村3组' }),
        row(4, { 乡镇: null, 村: '东河村一组' }),
        row(5, { 村: '某路3号' }),
      ],
    },
  ]);
  expect(list.rows).toMatchObject([{ placeCode: '111' }, { placeCode: '121' }]);
  expect(lines(list.rejected)).toEqual([4, 5, 6]);
  expect(list.warnings).toMatchObject([
    { line: 2, column: 'C', reason: 'village-alias' },
    { line: 3, reason: 'village-alias' },
  ]);
});

test('what a row says of its own kind of aid is nearer than what was stated of the list', async () => {
  const rows = [
    [...HEADER, '救助类型'],
    [...row(1), '农村低保'],
    [...row(2), '特困人员'],
  ];
  const list = await parse([{ rows }], { aidType: 'RURAL_DIBAO' });
  expect(list.rows.map((each) => each.aidType)).toEqual(['RURAL_DIBAO', 'TEKUN']);
  const single = await parse([{ rows }], { aidType: 'RURAL_DIBAO', onlyAidType: true });
  expect(lines(single.rows)).toEqual([2]);
  expect(single.rejected).toEqual([{ line: 3, column: 'L', reason: 'aid-type-other' }]);
});

test.each(['特困户', '五保转低保', '一般户', 'A类'])(
  'the grade %s is no other kind of aid',
  async (grade) => {
    const rows = [
      [...HEADER, '保障类别'],
      [...row(1), grade],
    ];
    const list = await parse([{ rows }], { aidType: 'RURAL_DIBAO' });
    expect(list.rows).toMatchObject([{ aidType: 'RURAL_DIBAO' }]);
  },
);

test('a remark that a recipient died is pointed out, a death in the family is not', async () => {
  const rows = [
    HEADER,
    row(1, { 备注: '2026年9月去世' }),
    row(2, { 户主姓名: '张三（已故）' }),
    row(3, { 备注: '丈夫已去世' }),
    row(4, { 户主姓名: '张三 已故' }),
  ];
  const list = await parse([{ rows }]);
  expect(withoutColumns(list.warnings)).toEqual([
    { line: 2, reason: 'deceased-noted' },
    { line: 3, reason: 'deceased-noted' },
    { line: 5, reason: 'deceased-noted' },
  ]);
  expect(list.rows.at(-1)?.maskedName).toBe('张*');
});

test('a cell with far more than a name is no name', async () => {
  const list = await parse([{ rows: [HEADER, row(1, { 户主姓名: '张'.repeat(20_000) })] }]);
  expect(list.rejected).toMatchObject([{ line: 2, reason: 'name-unreadable' }]);
});
