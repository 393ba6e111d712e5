import { readFile } from 'node:fs/promises';
import { read } from '@e965/xlsx';
import { writeXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { describeReason } from '#rules/import-reasons.ts';
import { loadReferenceTables } from '#scripts/import.ts';
import { SpreadsheetError } from '#spreadsheets/errors.ts';
import { type MarkedProblem, markProblems } from '#spreadsheets/mark-problems.ts';
import { parseFile } from '#spreadsheets/parse-in-worker.ts';
import type { ParsedList } from '#spreadsheets/parse-list.ts';

const tables = await loadReferenceTables({}, '2026-11-20');
const LISTS = [
  'layout-a-households.xlsx',
  'layout-b.xlsx',
  'layout-c.xlsx',
  'layout-d-defects.xlsx',
  'layout-d-gb18030.csv',
];

function problemsOf(list: ParsedList): MarkedProblem[] {
  const all = [
    ...list.rejected.map((each) => ({ ...each, kind: 'rejected' as const })),
    ...list.withheld.map((each) => ({ ...each, kind: 'withheld' as const })),
    ...list.warnings.map((each) => ({ ...each, kind: 'warning' as const })),
  ];
  return all.map((each) => ({
    kind: each.kind,
    sheet: each.sheet ?? null,
    line: each.line,
    column: each.column ?? null,
    words: describeReason(each.reason),
  }));
}

test.each(LISTS)(
  '%s with its problems marked reads the same as before, twice over',
  async (name) => {
    const bytes = await readFile(`scripts/specimens/${name}`);
    const context = { ...tables, period: '2026-10', fileName: name };
    const list = await parseFile(bytes, context);
    const marked = await markProblems({ name, bytes }, problemsOf(list));
    const again = await parseFile(marked, context);

    expect(again).toEqual(list);
    const twice = await markProblems({ name, bytes: marked }, problemsOf(again));
    expect(await parseFile(twice, context)).toEqual(list);
  },
);

test('the problems stand beside their line, in colour, and in a list at the front', async () => {
  const name = 'layout-d-defects.xlsx';
  const bytes = await readFile(`scripts/specimens/${name}`);
  const marked = await markProblems({ name, bytes }, [
    { kind: 'rejected', sheet: null, line: 7, column: 'E', words: '身份证号位数不对' },
    { kind: 'warning', sheet: null, line: 7, column: null, words: '序号重复' },
  ]);
  const book = read(marked, { cellStyles: true });
  const [problems = '', list = ''] = book.SheetNames;

  expect(problems).toBe('问题清单');
  expect([1, 2, 3].map((line) => book.Sheets[problems]?.[`E${line}`]?.v)).toEqual([
    '问题',
    '身份证号位数不对',
    '序号重复',
  ]);
  expect(book.Sheets[problems]?.['C2']?.v).toBe('E');
  expect(book.Sheets[list]?.['R3']?.v).toBe('问题');
  expect(book.Sheets[list]?.['R7']?.v).toBe('未收录：身份证号位数不对；请核对：序号重复');
  expect(book.Sheets[list]?.['E7']?.s).toMatchObject({ fgColor: { rgb: 'F8C9C4' } });
  expect(book.Sheets[list]?.['E6']?.s?.fgColor).toBeUndefined();
});

test('formulas, hidden sheets and what looks like a formula come out as plain values', async () => {
  const header = ['乡镇', '村', '户主姓名', '身份证号', '保障金额', '备注'];
  const bytes = await writeXlsx({
    sheets: [
      {
        name: '农村低保',
        rows: [header, ['青山镇', '柳树村', '=cmd|calc', '+1', null, '@SUM(A1)\u0001']],
        cells: new Map([['1,4', { value: 500, formula: '250*2', formulaResult: 500 }]]),
      },
      { name: '秘密', hidden: true, rows: [['不该带走']] },
    ],
  });
  const marked = await markProblems({ name: '名单.xlsx', bytes }, []);
  const book = read(marked, { cellFormula: true });

  expect(book.SheetNames).toEqual(['问题清单', '农村低保']);
  const sheet = book.Sheets['农村低保'];
  expect(sheet?.['C2']).toMatchObject({ t: 's', v: '=cmd|calc' });
  expect(sheet?.['D2']).toMatchObject({ t: 's', v: '+1' });
  expect(sheet?.['E2']).toMatchObject({ t: 'n', v: 500 });
  expect(sheet?.['E2']?.f).toBeUndefined();
  expect(sheet?.['F2']?.v).toBe('@SUM(A1)');
  expect(Buffer.from(marked).includes('不该带走')).toBe(false);
});

test('days counted from 1904 and a sheet that has the name of the list survive', async () => {
  const header = ['乡镇', '村', '户主姓名', '身份证号', '保障金额', '家庭人口', '批准时间'];
  const rows = [header, ['青山镇', '柳树村', '王小明', '990101196001010011', 500, 1, 42_886]];
  const bytes = await writeXlsx({
    dateSystem: '1904',
    sheets: [{ name: '问题清单', rows: [['农村低保'], ...rows] }],
  });
  const context = { ...tables, period: '2026-10' };
  const list = await parseFile(bytes, context);
  const again = await parseFile(await markProblems({ name: 'x.xlsx', bytes }, []), context);

  expect([...list.rows, ...list.rejected]).not.toEqual([]);
  expect(again).toEqual(list);
});

test('a file that cannot be read cannot be marked', async () => {
  const refusal = markProblems({ name: 'x.xlsx', bytes: new Uint8Array([1, 2, 3]) }, []);
  await expect(refusal).rejects.toThrow(new SpreadsheetError('file-unreadable'));
});
