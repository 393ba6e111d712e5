import { readFile, readdir } from 'node:fs/promises';
import { read, utils } from '@e965/xlsx';
import { expect, test } from 'vitest';
import { textOfCell } from '#rules/cell.ts';
import { readWorkbook } from '#spreadsheets/read-workbook.ts';

const FOLDER = 'scripts/specimens';
const workbooks = (await readdir(FOLDER)).filter((name) => name.endsWith('.xlsx'));

test.each(workbooks)('another reader finds the same cells in %s', async (name) => {
  const bytes = await readFile(`${FOLDER}/${name}`);
  const ours = await readWorkbook(bytes);
  const theirs = read(bytes, { cellDates: true, UTC: true });

  expect(ours.map((sheet) => sheet.name)).toEqual(theirs.SheetNames);
  for (const sheet of ours) {
    const other = theirs.Sheets[sheet.name];
    const cells = sheet.rows.flatMap((row) =>
      row.cells.flatMap((cell, column) =>
        cell.kind === 'empty' ? [] : [[row.line, column, cell.kind, textOfCell(cell)]],
      ),
    );
    const expected = Object.entries(other ?? {}).flatMap(([address, cell]) => {
      if (address.startsWith('!') || cell.v === '' || cell.v === undefined) return [];
      const { r, c } = utils.decode_cell(address);
      const kind = cell.t === 'n' ? 'number' : cell.t === 'd' ? 'date' : 'text';
      const value = cell.v instanceof Date ? cell.v.toISOString().slice(0, 10) : cell.v;
      const text = textOfCell({ kind: 'text', value: String(value) });
      return [[r + 1, c, kind, kind === 'text' ? text : String(value)]];
    });
    expect(cells.toSorted(byPlace)).toEqual(expected.toSorted(byPlace));
    expect(sheet.merges).toHaveLength(other?.['!merges']?.length ?? 0);
  }
});

function byPlace(one: unknown[], other: unknown[]): number {
  return Number(one[0]) - Number(other[0]) || Number(one[1]) - Number(other[1]);
}
