import { expect, test } from 'vitest';
import { readAmount } from '#rules/amount.ts';
import type { Cell } from '#rules/cell.ts';
import { fieldOfHeader } from '#rules/header-aliases.ts';
import { aidTypeInText, periodInText } from '#rules/list-title.ts';
import { type Region, findPlace, findVillage, indexPlaces } from '#rules/place-names.ts';
import { asksForConfidence } from '#rules/confidence.ts';
import { isHeadRelation, readName } from '#rules/recipient.ts';
import { readStartMonth } from '#rules/start-month.ts';

const text = (value: string): Cell => ({ kind: 'text', value });
const number = (value: number): Cell => ({ kind: 'number', value });
const date = (value: string): Cell => ({ kind: 'date', value });
const EMPTY: Cell = { kind: 'empty' };

test.each([
  ['张 三', '张三'],
  [' 金巧云　', '金巧云'],
  ['阿依古丽•买买提', '阿依古丽·买买提'],
  ['艾力・吐尔逊', '艾力·吐尔逊'],
  ['艾力．吐尔逊', '艾力·吐尔逊'],
  ['阿依古丽\n·买买提', '阿依古丽·买买提'],
  ['李𠮷明', '李𠮷明'],
  ['⻩⼩⻰', '黄小龙'],
  ['欧阳 娜娜', '欧阳娜娜'],
  ['阿依古丽 买买提', '阿依古丽买买提'],
  ['张三（已故）', '张三'],
])('the name %j is read as %s', (raw, name) => {
  expect(readName(text(raw))).toMatchObject({ name });
});

test.each([
  ['', 'name-missing'],
  ['　', 'name-missing'],
  ['张三、李四', 'name-several'],
  ['张三，李四', 'name-several'],
  ['张三/李四', 'name-several'],
  ['张三　李四', 'name-several'],
  ['张三\n李四', 'name-several'],
  ['李?明', 'name-unreadable'],
  ['12345', 'name-unreadable'],
])('the name %j is refused as %s', (raw, problem) => {
  expect(readName(raw === '' ? { kind: 'empty' } : text(raw))).toEqual({ problem });
});

test.each([
  [text('１，２６０．００'), 126_000],
  [text('900元'), 90_000],
  [text('¥1,260.50'), 126_050],
  [text('315.0'), 31_500],
  [text('１８１５元'), 181_500],
  [number(1987.5), 198_750],
  [number(0.1 + 0.2), 30],
])('the amount %j is %d cents', (cell, cents) => {
  expect(readAmount(cell)).toEqual({ cents });
});

test.each([
  [EMPTY, 'amount-missing'],
  [text('-'), 'amount-missing'],
  [text('同上'), 'amount-unreadable'],
  [text('12,60'), 'amount-unreadable'],
  [text('1.2.3'), 'amount-unreadable'],
  [text('1e3'), 'amount-unreadable'],
  [number(-5), 'amount-unreadable'],
  [number(12.345), 'amount-unreadable'],
])('the amount %j is refused as %s', (cell, problem) => {
  expect(readAmount(cell)).toEqual({ problem });
});

test.each([
  [text('2021.6'), '2021-06'],
  [text('2021年6月'), '2021-06'],
  [text('2021年6月1日'), '2021-06'],
  [text('202106'), '2021-06'],
  [text('2021/6/1'), '2021-06'],
  [text('2021-06-01'), '2021-06'],
  [text('2021-06-01 00:00:00'), '2021-06'],
  [text('２０２１．１０'), '2021-10'],
  [number(44_348), '2021-06'],
  [number(201_807), '2018-07'],
  [number(2021.6), '2021-06'],
  [date('2016-04-01'), '2016-04'],
])('the start month %j is %s', (cell, month) => {
  expect(readStartMonth(cell)).toBe(month);
});

test.each([
  text('不详'),
  text('同上'),
  text('44348'),
  text('2021.13'),
  text('2021-02-30'),
  text('21.6'),
  number(2021.1),
  number(12),
  { kind: 'empty' } as Cell,
])('the start month %j is not guessed', (cell) => {
  expect(readStartMonth(cell)).toBeNull();
});

test('a day serial counts from 1904 where the file says so', () => {
  expect(readStartMonth(number(44_348 - 1462), true)).toBe('2021-06');
});

const place = (code: string, name: string, level: Region['level'], parentCode: string | null) => ({
  code,
  name,
  level,
  parentCode,
});
const places = indexPlaces([
  place('1', '示范区', 'district', null),
  place('11', '青山镇', 'town', '1'),
  place('111', '东河村', 'village', '11'),
  place('112', '柳树村', 'village', '11'),
  place('113', '青山社区', 'village', '11'),
  place('12', '龙湾乡', 'town', '1'),
  place('121', '东河村', 'village', '12'),
]);
const town = (code: string) => places.byCode.get(code) ?? null;

test.each([
  ['11', '东河村 ', '111', false],
  ['12', '东河村', '121', false],
  [null, '柳树村', '112', false],
  ['11', '示范区青山镇柳树村', '112', false],
  ['11', '柳树村村委会', '112', true],
  ['11', '柳树村民委员会', '112', true],
  ['11', '青山社区居委会', '113', true],
  ['11', '柳树', '112', true],
])('in town %s the village %j is %s', (code, name, village, alias) => {
  expect(findVillage(places, code === null ? null : town(code), name)).toMatchObject({
    village: { code: village },
    alias,
  });
});

test.each([
  [null, '东河村', 'village-unknown'],
  ['12', '柳树村', 'village-unknown'],
  ['11', '柳树社区', 'village-unknown'],
  ['11', '青山村', 'village-unknown'],
  ['11', '红旗村', 'village-unknown'],
  ['11', '', 'village-missing'],
])('in town %s the village %j is held back', (code, name, problem) => {
  expect(findVillage(places, code === null ? null : town(code), name)).toMatchObject({ problem });
});

test('one cell may hold district, town and village', () => {
  expect(findPlace(places, '示范区龙湾乡东河村', null)).toMatchObject({ village: { code: '121' } });
  expect(findPlace(places, '示范省示范市示范区青山镇东河村', null)).toMatchObject({
    village: { code: '111' },
  });
  expect(findPlace(places, '示范区柳树村', null)).toMatchObject({ village: { code: '112' } });
  expect(findPlace(places, '示范区红石镇柳树村', null)).toMatchObject({
    problem: 'village-unknown',
  });
});

test('titles and file names say aid type and month only where they say one', () => {
  expect(aidTypeInText('示范区2026年10月农村低保对象花名册')).toBe('RURAL_DIBAO');
  expect(aidTypeInText('城市居民最低生活保障家庭名单')).toBe('URBAN_DIBAO');
  expect(aidTypeInText('特困人员查询_202610.xlsx')).toBe('TEKUN');
  expect(aidTypeInText('城乡低保名单')).toBeNull();
  expect(aidTypeInText('农村低保、城市低保名单')).toBeNull();
  expect(periodInText('农村低保 2026-10.xlsx')).toBe('2026-10');
  expect(periodInText('农村低保家庭查询_202610.xlsx')).toBe('2026-10');
  expect(periodInText('2025年7月至2026年10月')).toBeNull();
});

test('headers are compared without spaces, line breaks, brackets and the two spellings of 账', () => {
  expect(fieldOfHeader('月保障\n金额（元）')).toBe('amount');
  expect(fieldOfHeader(' 银 行 帐 号 ')).toBe('account');
  expect(fieldOfHeader('乡镇（街道）')).toBe('town');
  expect(fieldOfHeader('成员2身份证号')).toBe('idNumber');
  expect(fieldOfHeader('__proto__')).toBeNull();
  expect(fieldOfHeader('constructor')).toBeNull();
});

test('confidence and the head of a household are read from the words offices use', () => {
  expect(asksForConfidence('本人要求，不予公开')).toBe(true);
  expect(asksForConfidence('代领')).toBe(false);
  expect(isHeadRelation('户主')).toBe(true);
  expect(isHeadRelation('配偶')).toBe(false);
});
