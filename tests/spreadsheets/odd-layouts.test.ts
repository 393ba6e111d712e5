import { expect, test } from 'vitest';
import { asksForConfidence } from '#rules/confidence.ts';
import { parseList } from '#spreadsheets/parse-list.ts';
import { readSheets } from '#spreadsheets/read-sheets.ts';
import { idNumber, lines, parse, regions, standards } from './list-of.ts';

test('a group over a single column name makes a header of two rows', async () => {
  const upper = ['村', '身份证号', '保障人口', '月保障金额', '批准时间', '户主基本情况'];
  const lower = [null, null, null, null, null, '户主姓名'];
  const data = ['柳树村', idNumber(1), 1, 500, '2021-06', '王一明'];
  const down = [0, 1, 2, 3, 4].map((column) => [1, 2, column, column]);
  const list = await parse([{ rows: [upper, lower, data], merges: down }]);
  expect(list.rows).toMatchObject([{ line: 3, maskedName: '王*明' }]);
});

test('a footer whose phone number stands below the ID numbers is no recipient', async () => {
  const header = ['批准时间', '村', '身份证号', '户主姓名', '保障人口', '保障金额'];
  const list = await parse([
    {
      rows: [
        header,
        ['2021-06', '柳树村', idNumber(1), '王一明', 1, 500],
        ['审核人：', null, '联系电话：10012345678', null, null, null],
      ],
    },
  ]);
  expect(list.rejected).toEqual([]);
  expect(lines(list.rows)).toEqual([2]);
});

test.each([
  [[null, null, '分管领导：李某', '经办人：张某', null, null]],
  [[null, null, null, '（盖章）', null, null]],
  [['民政办主任：赵某', null, '联系电话：10012345678', null, null, null]],
])('the footer %j is no recipient', async (footer) => {
  const header = ['批准时间', '村', '身份证号', '户主姓名', '保障人口', '保障金额'];
  const list = await parse([
    { rows: [header, ['2021-06', '柳树村', idNumber(1), '王一明', 1, 500], footer] },
  ]);
  expect(list.rejected).toEqual([]);
  expect(lines(list.rows)).toEqual([2]);
});

const COUNTED = ['序号', '乡镇', '村', '户主姓名', '身份证号', '保障人口', '保障金额', '批准时间'];
const household = (order: number, town: string, village: string) => [
  ...[String(order), town, village, '王一明', idNumber(order), 1, 500, '2021-06'],
];
const total = (label: string, persons: number) => [
  ...[label, null, null, null, null, persons, persons * 500, null],
];

test('each town has its own total after those of its villages', async () => {
  const rows = (lastTotal: number) => [
    COUNTED,
    household(1, '青山镇', '柳树村'),
    total('小计', 1),
    household(2, '青山镇', '东河村'),
    total('小计', 1),
    total('青山镇合计', 2),
    household(3, '龙湾乡', '东河村'),
    total('小计', 1),
    total('龙湾乡合计', lastTotal),
    total('总计', 3),
  ];
  const right = await parse([{ rows: rows(1) }]);
  expect(right.warnings).toEqual([]);
  const wrong = await parse([{ rows: rows(9) }]);
  expect(wrong.warnings).toMatchObject([{ line: 9, reason: 'totals-disagree' }]);
});

test('a subtotal may stand above its rows', async () => {
  const rows = (second: number) => [
    COUNTED,
    total('柳树村小计', 1),
    household(1, '青山镇', '柳树村'),
    total('东河村小计', second),
    household(2, '青山镇', '东河村'),
  ];
  expect((await parse([{ rows: rows(1) }])).warnings).toEqual([]);
  expect((await parse([{ rows: rows(5) }])).warnings).toMatchObject([
    { line: 4, reason: 'totals-disagree' },
  ]);
});

test('a persons file may call every person a member of the household', async () => {
  const households = `户主姓名,户主身份证号,家庭人口,保障人口,户月保障金额,所属街,所属社,最初享受月
王一明,${idNumber(1)},2,2,900,青山镇,柳树村,202106`;
  const persons = `家庭成员姓名,家庭成员身份证号,户主身份证号,与户主关系,性别
王一明,${idNumber(1)},${idNumber(1)},户主,男
李二秀,${idNumber(2)},${idNumber(1)},配偶,男`;
  const sheets = (text: string) => readSheets(Buffer.from(text));
  const list = parseList(await sheets(households), {
    regions,
    standards,
    aidType: 'RURAL_DIBAO',
    period: '2026-10',
    persons: await sheets(persons),
  });
  expect(list.warnings).toMatchObject([{ file: 'persons', line: 3, reason: 'sex-mismatch' }]);
  expect(list.rows[0]?.memberPersons).toEqual([{ name: '李二秀', idNumber: idNumber(2) }]);
});

test.each(['无需保密', '不需要保密', '非涉密', '已签隐私授权书', '公开栏已张贴', '已公示无异议'])(
  'the remark %s asks for no confidence',
  (remark) => {
    expect(asksForConfidence(remark)).toBe(false);
  },
);

test.each(['保密', '要求保密处理', '无需保密，不予公开', '要求非公开', '涉及个人隐私'])(
  'the remark %s asks for confidence',
  (remark) => {
    expect(asksForConfidence(remark)).toBe(true);
  },
);
