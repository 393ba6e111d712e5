import { DATE_COLUMNS, MAX_BACKLOG_ROWS, columnOfHeader } from '#rules/backlog-columns.ts';
import { EMPTY_CELL, textOfCell } from '#rules/cell.ts';
import type { Cell } from '#rules/cell.ts';
import { SpreadsheetError } from './errors.ts';
import { lettersOf } from './problem-columns.ts';
import type { Sheet, SheetRow } from './sheet.ts';

/** One case of an old ledger: its cells as text, by the columns that were recognised. */
export type BacklogLine = { sheet: string; line: number; cells: Record<string, string> };
export type BacklogSheet = {
  lines: BacklogLine[];
  /** Letters of the columns, as a spreadsheet program shows them. */
  letters: Record<string, string>;
  /** Headers that no column of the ledger is called by. */
  unknown: string[];
};

const SEARCH_ROWS = 40;
const MIN_KNOWN = 5;
const DAY_MS = 86_400_000;
/** Day serials that stand for a date of our days. */
const SERIALS = { from: 20_000, to: 60_000 };
const FOOTER = /^(填表人|制表人?|负责人|审核人?|合计|总计|小计|备注|说明|注)[:：]?/;

/** Reads the first sheet that has a ledger's header. Throws SpreadsheetError where none has. */
export function readBacklog(sheets: Sheet[]): BacklogSheet {
  for (const sheet of sheets.filter((each) => !each.hidden)) {
    const header = sheet.rows.slice(0, SEARCH_ROWS).find((row) => countKnown(row) >= MIN_KNOWN);
    if (header) return readLines(sheet, header);
  }
  throw new SpreadsheetError('ledger-header-missing');
}

function countKnown(row: SheetRow): number {
  return new Set(columnsOf(row).values()).size;
}

/** Columns of the ledger by their place; of two with one name the first counts. */
function columnsOf(header: SheetRow): Map<number, string> {
  const columns = new Map<number, string>();
  for (const [at, cell] of header.cells.entries()) {
    const column = columnOfHeader(textOfCell(cell));
    if (column && ![...columns.values()].includes(column)) columns.set(at, column);
  }
  return columns;
}

function readLines(sheet: Sheet, header: SheetRow): BacklogSheet {
  const columns = columnsOf(header);
  const lines: BacklogLine[] = [];
  for (const row of sheet.rows.filter(({ line }) => line > header.line)) {
    const first = textOfCell(row.cells.find((cell) => cell.kind !== 'empty') ?? EMPTY_CELL);
    if (FOOTER.test(first) || countKnown(row) >= MIN_KNOWN) continue;
    const cells: Record<string, string> = {};
    for (const [at, column] of columns) {
      const text = wordsOf(cellAt(sheet, row, at), column, sheet.date1904);
      if (text !== '') cells[column] = text;
    }
    // A row with nothing but its running number is a form's empty line.
    if (Object.keys(cells).some((column) => column !== 'serial')) {
      lines.push({ sheet: sheet.name, line: row.line, cells });
    }
    if (lines.length > MAX_BACKLOG_ROWS) throw new SpreadsheetError('ledger-too-long');
  }
  const letters = [...columns].map(([at, column]) => [column, lettersOf(at)]);
  return {
    lines,
    letters: Object.fromEntries(letters) as Record<string, string>,
    unknown: header.cells.flatMap((cell, at) =>
      columns.has(at) || cell.kind === 'empty' ? [] : [textOfCell(cell).slice(0, 40)],
    ),
  };
}

/** The cell, or that of which it is a merged part: 青山镇 over five lines. */
function cellAt(sheet: Sheet, row: SheetRow, column: number): Cell {
  const cell = row.cells[column] ?? EMPTY_CELL;
  if (cell.kind !== 'empty') return cell;
  const merge = sheet.merges.find(
    ({ fromLine, toLine, fromColumn }) =>
      fromColumn === column && fromLine < row.line && row.line <= toLine,
  );
  const anchor = sheet.rows.find((each) => each.line === merge?.fromLine);
  return anchor?.cells[column] ?? cell;
}

/** Text as it was typed, with its line breaks; a day serial in a column of dates is a date. */
function wordsOf(cell: Cell, column: string, date1904: boolean): string {
  if (cell.kind === 'text') return cell.value.trim();
  if (cell.kind !== 'number' || !DATE_COLUMNS.has(column)) return textOfCell(cell);
  const { value } = cell;
  if (value < SERIALS.from || value > SERIALS.to) return String(value);
  const start = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  return new Date(start + Math.floor(value) * DAY_MS).toISOString().slice(0, 10);
}
