import { expect, test } from 'vitest';
import { saysExit } from '#rules/exit-words.ts';
import { HEADER, idNumber, lines, parse, row, withoutColumns } from './list-of.ts';

const WITH_CHANGE = [...HEADER, '增减情况', '增减原因'];
const changed = (order: number, change: string | null, reason: string | null = null, rest = {}) => [
  ...row(order, rest),
  change,
  reason,
];

test('rows that a column of changes calls exits are no recipients and give their reason', async () => {
  const list = await parse([
    {
      rows: [
        WITH_CHANGE,
        changed(1, null),
        changed(2, '退出', '清退关系保'),
        changed(3, '减少', '政策保清理'),
        changed(4, '停发', '户主去世'),
        changed(5, '取消', '收入超标'),
        changed(6, '死亡'),
        changed(7, '已退出'),
        changed(8, '新增'),
        changed(9, '调减', '人口减少'),
      ],
    },
  ]);

  expect(lines(list.rows)).toEqual([2, 9, 10]);
  expect(list.rejected).toEqual([]);
  expect(list.exits).toEqual([
    { line: 3, idNumber: idNumber(2), reason: 'FAVOUR' },
    { line: 4, idNumber: idNumber(3), reason: 'POLICY' },
    { line: 5, idNumber: idNumber(4), reason: 'DEATH' },
    { line: 6, idNumber: idNumber(5), reason: 'OTHER' },
    { line: 7, idNumber: idNumber(6), reason: 'DEATH' },
    { line: 8, idNumber: idNumber(7), reason: null },
  ]);
  expect(list.households).toBe(3);
});

test('an exit without a readable ID number is said, because its reason cannot be kept', async () => {
  const list = await parse([
    { rows: [WITH_CHANGE, changed(1, null), changed(2, '退出', null, { 身份证号: null })] },
  ]);

  expect(list.exits).toEqual([]);
  expect(list.warnings).toEqual([{ line: 3, column: 'E', reason: 'exit-id-unreadable' }]);
});

test('printed totals may count the exits or not', async () => {
  const total = (persons: number, amount: number) =>
    changed(0, null, null, {
      序号: '合计',
      户主姓名: null,
      身份证号: null,
      保障人口: persons,
      '月保障金额(元)': amount,
    });
  for (const [persons, amount, agrees] of [
    [2, 1000, true],
    [1, 500, true],
    [3, 1500, false],
  ] as const) {
    const rows = [WITH_CHANGE, changed(1, null), changed(2, '退出'), total(persons, amount)];
    const list = await parse([{ rows }]);
    expect(withoutColumns(list.warnings)).toEqual(
      agrees ? [] : [{ line: 4, reason: 'totals-disagree' }],
    );
  }
});

test('a member who left is no member; members of an exit are no members of the household above', async () => {
  const member = { 序号: null, 与户主关系: '子女', '月保障金额(元)': null, 保障人口: null };
  const list = await parse([
    {
      rows: [
        WITH_CHANGE,
        changed(1, null, null, { 与户主关系: '户主' }),
        changed(2, '死亡', null, member),
        changed(3, '退出', null, { 与户主关系: '户主' }),
        changed(4, null, null, member),
      ],
    },
  ]);

  expect(list.rows).toMatchObject([{ line: 2, memberPersons: [] }]);
  expect(lines(list.exits)).toEqual([4]);
});

test.each(['退出', '停发', '停保', '清退', '注销', '死亡', '退出低保', '减少（死亡）', '已注销'])(
  '%s is an exit',
  (word) => expect(saysExit(word.normalize('NFKC'))).toBe(true),
);

test.each([
  '',
  '新增',
  '调减',
  '变更',
  '减少1人',
  '金额减少',
  '未退出',
  '正常',
  '拟退出待定',
  '无',
])('%s is none', (word) => expect(saysExit(word)).toBe(false));
