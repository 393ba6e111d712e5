import { writeXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { readSheets } from '#spreadsheets/read-sheets.ts';
import { HEADER, idNumber, parse, row } from './list-of.ts';

/** The persons of a household: in a file of their own, or sideways in its row. */

const COLUMNS = ['户主身份证号', '姓名', '身份证号', '与户主关系', '备注'];

async function personsOf(data: (string | number | null)[][], merges: number[][] = []) {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: '人员',
        rows: [COLUMNS, ...data],
        merges: merges.map(([startRow = 0, endRow = 0]) => ({
          startRow,
          endRow,
          startCol: 0,
          endCol: 0,
        })),
      },
    ],
  });
  return await readSheets(bytes);
}

const couple = { 家庭人口: 2, 保障人口: 2 };
const [head, spouse] = [idNumber(1), idNumber(2)];

test('a merged cell with the number of the head holds for every person beside it', async () => {
  const persons = await personsOf(
    [
      [head, '王一明', head, '户主', null],
      [null, '李秀', spouse, '配偶', '不予公开'],
    ],
    [[1, 2]],
  );
  const list = await parse([{ rows: [HEADER, row(1, couple)] }], { persons });
  expect(list.rows).toMatchObject([{ maskedName: null, memberPersons: [{ idNumber: spouse }] }]);
  expect(list.warnings).toEqual([]);
});

test('a head whose number in the column of heads is destroyed is found by their own', async () => {
  const persons = await personsOf([
    [Number(`${head.slice(0, 17)}0`), '王一明', head, '户主', null],
    [head, '李秀', spouse, '配偶', null],
  ]);
  const list = await parse([{ rows: [HEADER, row(1, couple)] }], { persons });
  expect(list.warnings).toEqual([]);
});

test('a person who asks for confidence and belongs to no household is pointed out as such', async () => {
  const persons = await personsOf([
    [head, '王一明', head, '户主', null],
    [head, '李秀', spouse, '配偶', null],
    ['9.90101E+17', '赵六', idNumber(3), '配偶', '保密'],
  ]);
  const list = await parse([{ rows: [HEADER, row(1, couple)] }], { persons });
  expect(list.warnings).toEqual([
    { file: 'persons', line: 4, column: 'A', reason: 'protected-unlinked' },
  ]);
});

const SIDEWAYS = ['村', '姓名', '身份证', '姓名', '身份证', '月保障金额', '批准时间'];
const sideways = (...persons: string[]) => ['柳树村', ...persons, 600, '2021-06'];

test('the head named once more beside themselves is no member', async () => {
  const list = await parse([{ rows: [SIDEWAYS, sideways('王一明', head, '王一明', head)] }]);
  expect(list.rows).toMatchObject([{ members: 1, memberPersons: [] }]);
});

test('two members in one cell leave the count open', async () => {
  const two = sideways('王一明', head, '李秀、王小', `${spouse}、${idNumber(3)}`);
  const list = await parse([{ rows: [SIDEWAYS, two] }]);
  expect(list.rejected).toMatchObject([{ line: 2, reason: 'members-missing' }]);
});

test('a person in two households is pointed out at the second', async () => {
  const list = await parse([
    {
      rows: [
        SIDEWAYS,
        sideways('王一明', head, '李秀', spouse),
        sideways('李秀', spouse, '', ''),
        sideways('赵六', idNumber(3), '', ''),
      ],
    },
  ]);
  expect(list.warnings).toMatchObject([{ line: 3, reason: 'duplicate-id' }]);
  expect(list.rows).toHaveLength(3);
});
