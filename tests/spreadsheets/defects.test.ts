import { expect, test } from 'vitest';
import type { ListContext } from '#spreadsheets/parse-list.ts';
import { HEADER, idNumber, parse, row, withoutColumns } from './list-of.ts';

/** One defect at a time, in a row between two clean ones: what becomes of the row, and that nothing else does. */

type Changes = Parameters<typeof row>[1];
const sound = (order: number) => row(order);

async function judge(changes: Changes, context: Partial<ListContext> = {}) {
  const rows = [HEADER, sound(1), row(2, changes), sound(3)];
  const list = await parse([{ rows }], context);
  const others = [...list.rows.filter((each) => each.maskedName !== null)].map(({ line }) => line);
  expect(others).toEqual(expect.arrayContaining([2, 4]));
  expect([...list.rejected, ...list.withheld].every(({ line }) => line === 3)).toBe(true);
  return {
    row: list.rows.find(({ line }) => line === 3),
    reasons: [...list.rejected, ...list.withheld, ...list.warnings].map(({ reason }) => reason),
    warnings: withoutColumns(list.warnings),
  };
}

test.each<[string, Changes, string]>([
  ['no ID number', { 身份证号: null }, 'id-missing'],
  ['a dash for an ID number', { 身份证号: '——' }, 'id-missing'],
  ['a number cell of 18 digits', { 身份证号: Number(idNumber(2)) }, 'id-unreadable'],
  ['a number cell of 15 digits', { 身份证号: 990101600101001 }, 'id-unreadable'],
  ['scientific notation as text', { 身份证号: '9.90101E+17' }, 'id-unreadable'],
  ['17 digits', { 身份证号: idNumber(2).slice(0, 17) }, 'id-length'],
  ['19 digits', { 身份证号: `${idNumber(2).slice(0, 17)}00` }, 'id-length'],
  ['a wrong check character', { 身份证号: `${idNumber(2).slice(0, 17)}Y` }, 'id-unreadable'],
  ['30 February', { 身份证号: idNumber(2, '19600230') }, 'id-date'],
  ['month 13', { 身份证号: idNumber(2, '19601301') }, 'id-date'],
  ['a birth after the month of the list', { 身份证号: idNumber(2, '20270101') }, 'id-date'],
  ['no name', { 户主姓名: null }, 'name-missing'],
  ['two names and a comma', { 户主姓名: '王明、李芳' }, 'name-several'],
  ['two names and a word', { 户主姓名: '王小明和李芳' }, 'name-several'],
  ['two names and a line break', { 户主姓名: '王明\n李芳' }, 'name-several'],
  ['no village', { 村: null }, 'village-missing'],
  ['a village of nowhere', { 村: '红旗村' }, 'village-unknown'],
  ['a village of another town', { 乡镇: '龙湾乡' }, 'village-unknown'],
  ['a town of nowhere', { 乡镇: '红石镇' }, 'village-unknown'],
  ['no amount', { '月保障金额(元)': null }, 'amount-missing'],
  ['a dash for an amount', { '月保障金额(元)': '—' }, 'amount-missing'],
  ['words for an amount', { '月保障金额(元)': '伍佰元' }, 'amount-unreadable'],
  ['a negative amount', { '月保障金额(元)': -500 }, 'amount-unreadable'],
  ['a formula error', { '月保障金额(元)': '#REF!' }, 'amount-unreadable'],
  ['two amounts', { '月保障金额(元)': '500/600' }, 'amount-unreadable'],
  ['no start month', { 批准时间: null }, 'date-unreadable'],
  ['the same as above', { 批准时间: '同上' }, 'date-unreadable'],
  ['a serial as text', { 批准时间: '44348' }, 'date-unreadable'],
  ['month 13 for a start', { 批准时间: '2021.13' }, 'date-unreadable'],
  ['a year alone', { 批准时间: '2021' }, 'date-unreadable'],
  ['an ID number of the row above', { 身份证号: idNumber(1) }, 'duplicate'],
  [
    'its 15-digit form',
    { 身份证号: `${idNumber(1).slice(0, 6)}${idNumber(1).slice(8, 17)}` },
    'duplicate',
  ],
  ['a head under 18', { 身份证号: idNumber(2, '20081002') }, 'minor-head'],
  ['保密', { 备注: '保密' }, 'protected'],
  ['a longer wish', { 备注: '本人申请，请勿在网上公示' }, 'protected'],
  ['full-width spaces', { 备注: '保　密' }, 'protected'],
  ['a remark beside the name', { 户主姓名: '王二明（不公开）' }, 'protected'],
  ['HIV', { 备注: 'ＨＩＶ阳性' }, 'protected'],
])('%s: the row is not shown as it stands', async (_what, changes, reason) => {
  const { row: kept, reasons } = await judge(changes);

  expect(reasons).toContain(reason);
  expect(kept?.maskedName ?? null).toBeNull();
});

test.each<[string, Changes, Record<string, unknown>]>([
  ['spaces in the name', { 户主姓名: ' 王　 明' }, { maskedName: '王*' }],
  ['a note in brackets', { 户主姓名: '王二明（已搬迁）' }, { fullName: '王二明' }],
  ['a compound surname', { 户主姓名: '欧阳 娜娜' }, { maskedName: '欧阳**' }],
  [
    'an ethnic name with a wrong dot',
    { 户主姓名: '阿依古丽•买买提' },
    { fullName: '阿依古丽·买买提' },
  ],
  ['a rare character', { 户主姓名: '李𠮷明' }, { fullName: '李𠮷明' }],
  ['a small x', { 身份证号: '99010119751120018x' }, { idNumber: '99010119751120018X' }],
  [
    'spaces in the ID number',
    { 身份证号: `${idNumber(2).slice(0, 6)} ${idNumber(2).slice(6)}` },
    {},
  ],
  ['a leading apostrophe', { 身份证号: `'${idNumber(2)}` }, { idNumber: idNumber(2) }],
  ['zero-width characters', { 身份证号: `\u200B${idNumber(2)}\uFEFF` }, { idNumber: idNumber(2) }],
  ['exactly 18 on the first day', { 身份证号: idNumber(2, '20081001') }, { maskedName: '王*明' }],
  ['a unit', { '月保障金额(元)': '900元' }, { amountCents: 90_000 }],
  ['full-width digits', { '月保障金额(元)': '１，２６０．５０' }, { amountCents: 126_050 }],
  ['thousands', { '月保障金额(元)': '￥1,260.5元/月' }, { amountCents: 126_050 }],
  ['a rounding error', { '月保障金额(元)': 1987.4999999999998 }, { amountCents: 198_750 }],
  ['persons with a unit', { 保障人口: '１人' }, { members: 1 }],
  ['2021.6', { 批准时间: '2021.6' }, { since: '2021-06' }],
  ['2021年06月份', { 批准时间: '2021年06月份' }, { since: '2021-06' }],
  ['2021-06-01', { 批准时间: '2021-06-01' }, { since: '2021-06' }],
  ['20210601', { 批准时间: '20210601' }, { since: '2021-06' }],
  ['二〇二一年十二月', { 批准时间: '二〇二一年十二月' }, { since: '2021-12' }],
  ['a serial', { 批准时间: 44_348 }, { since: '2021-06' }],
  ['a serial with an hour', { 批准时间: 44_348.5 }, { since: '2021-06' }],
  ['a date cell', { 批准时间: new Date('2021-06-30T00:00:00Z') }, { since: '2021-06' }],
  ['a number of year and month', { 批准时间: 202_106 }, { since: '2021-06' }],
  ['a space behind the village', { 村: '柳树村　' }, { placeCode: '111' }],
  ['the town before the village', { 乡镇: null, 村: '青山镇柳树村' }, { placeCode: '111' }],
  ['the office for the town', { 乡镇: '青山镇人民政府' }, { placeCode: '111' }],
])('%s is read without a word', async (_what, changes, expected) => {
  const { row: kept, reasons } = await judge(changes);

  expect(kept).toMatchObject(expected);
  expect(reasons.filter((each) => each !== 'amount-over-standard')).toEqual([]);
});

test.each<[string, Changes, string]>([
  ['15 digits', { 身份证号: '990101600101123' }, 'id-15-digit'],
  ['the committee for the village', { 村: '柳树村村委会' }, 'village-alias'],
  ['the village without 村', { 村: '柳树' }, 'village-alias'],
  ['a group of the village', { 村: '柳树村3组' }, 'village-alias'],
  ['more aided than there are', { 保障人口: 2 }, 'insured-exceeds-family'],
  ['a serial number twice', { 序号: 1 }, 'seq-reused'],
  ['more than the standard', { '月保障金额(元)': 700 }, 'amount-over-standard'],
])('%s is accepted with a warning', async (_what, changes, reason) => {
  const { row: kept, warnings } = await judge(changes);

  expect(kept).toBeDefined();
  expect(warnings).toEqual([{ line: 3, reason }]);
});

test('a household is protected wherever the row says it: a second remark, any column, a flag', async () => {
  for (const [column, value] of [
    ['说明', '不宜公开'],
    ['其他情况', '涉密人员'],
    ['是否保密', '是'],
    ['是否公开', '否'],
  ] as const) {
    const list = await parse([
      {
        rows: [
          [...HEADER, column],
          [...row(1), value],
          [...row(2), value === '是' ? '否' : '是'],
        ],
      },
    ]);
    expect(list.withheld).toEqual([{ line: 2, column: 'L', reason: 'protected' }]);
    expect(list.rows.map((each) => each.maskedName)).toEqual([null, '王*明']);
  }
});

test('an amount for one person, a quarter or a year is not the month of the household', async () => {
  for (const other of ['保障金额（元/人）', '补助金额（季度）', '保障金额（元/年）']) {
    const header = [other, ...HEADER];
    const list = await parse([{ rows: [header, [9999, ...row(1)]] }]);
    expect(list.amountCents).toBe(50_000);
  }
});
