import { readFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMPTY_CELL } from '#rules/cell.ts';
import { loadReferenceTables } from '#scripts/import.ts';
import { type ParsedList, parseList } from '#spreadsheets/parse-list.ts';
import { readSheets } from '#spreadsheets/read-sheets.ts';
import type { Sheet } from '#spreadsheets/sheet.ts';
import { withoutColumns } from './list-of.ts';

const LISTS = [
  'layout-a-households.xlsx',
  'layout-b.xlsx',
  'layout-d-defects.xlsx',
  'layout-d-utf8.csv',
];
const tables = await loadReferenceTables({}, '2026-11-20');

/** The same sheet with its columns in another order; titles and notes over several columns stay where they are. */
function reorder(sheet: Sheet, order: number[], headerLine: number): Sheet {
  const position = new Map(order.map((from, to) => [from, to]));
  return {
    ...sheet,
    rows: sheet.rows.map((row) =>
      row.line < headerLine
        ? row
        : { ...row, cells: order.map((from) => row.cells[from] ?? EMPTY_CELL) },
    ),
    merges: sheet.merges
      .filter((merge) => merge.fromColumn === merge.toColumn)
      .map((merge) => {
        const column = position.get(merge.fromColumn) ?? 0;
        return { ...merge, fromColumn: column, toColumn: column };
      }),
  };
}

/** The column of a problem moves with the columns. */
const forgetColumns = ({ rejected, withheld, warnings, ...list }: ParsedList) => ({
  ...list,
  rejected: withoutColumns(rejected),
  withheld: withoutColumns(withheld),
  warnings: withoutColumns(warnings),
});

test.each(LISTS)('the columns of %s may stand in any order', async (name) => {
  const sheets = await readSheets(await readFile(`scripts/specimens/${name}`), name);
  const [sheet] = sheets;
  if (!sheet) throw new Error('no sheet');
  const context = { ...tables, period: '2026-10' };
  const expected = forgetColumns(parseList(sheets, context));
  const headerLine = name.includes('layout-a') ? 1 : name.includes('layout-b') ? 2 : 3;
  const width = Math.max(...sheet.rows.map((row) => row.cells.length));
  const columns = Array.from({ length: width }, (_, at) => at);

  fc.assert(
    fc.property(fc.shuffledSubarray(columns, { minLength: width }), (order) => {
      expect(forgetColumns(parseList([reorder(sheet, order, headerLine)], context))).toEqual(
        expected,
      );
    }),
    { numRuns: 25 },
  );
});
