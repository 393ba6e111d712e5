import { textOfCell } from '#rules/cell.ts';
import type { Sheet } from './sheet.ts';

/** What mark-problems adds to a file. */
export const PROBLEM_SHEET = '问题清单';
export const PROBLEM_COLUMN = '问题';
export const PROBLEM_SHEET_HEADER = ['工作表', '行', '列', '类别', '问题'];

/** The sheets of a file that was marked before, as they were without the marks. Other files stay as they are. */
export function forgetMarks(sheets: Sheet[]): Sheet[] {
  const others = sheets.filter((sheet) => !isProblemSheet(sheet));
  return others.length === sheets.length ? sheets : others.map(withoutProblemColumn);
}

function isProblemSheet({ name, rows }: Sheet): boolean {
  const header = rows[0]?.cells.map(textOfCell).join(' ');
  return name === PROBLEM_SHEET && header === PROBLEM_SHEET_HEADER.join(' ');
}

function withoutProblemColumn(sheet: Sheet): Sheet {
  const isMark = (row: Sheet['rows'][number], column: number) =>
    textOfCell(row.cells[column] ?? { kind: 'empty' }) === PROBLEM_COLUMN;
  const width = Math.max(0, ...sheet.rows.slice(0, 50).map((row) => row.cells.length));
  if (!sheet.rows.slice(0, 50).some((row) => isMark(row, width - 1))) return sheet;
  const rows = sheet.rows.map((row) => ({ ...row, cells: row.cells.slice(0, width - 1) }));
  return { ...sheet, rows: rows.filter((row) => row.cells.length > 0) };
}
