import { expect, test } from 'vitest';
import { HEADER, idNumber, parse, row, withoutColumns } from './list-of.ts';

/** Shapes of lists: how members and villages are laid out. */

const summary = (list: Awaited<ReturnType<typeof parse>>) => ({
  rows: list.rows.map((each) => [each.line, each.village, each.members, each.memberPersons.length]),
  rejected: withoutColumns(list.rejected),
});

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
