import { type Cell, EMPTY_CELL, isBlankText, textOfCell } from '#rules/cell.ts';
import { readIdNumber } from '#rules/id-number.ts';
import { readName } from '#rules/recipient.ts';
import {
  columnOfRelatives,
  type RelativeEntry,
  type RelativeProblem,
  SELF,
} from '#rules/relatives.ts';
import { SpreadsheetError } from './errors.ts';
import type { Sheet, SheetRow } from './sheet.ts';

export type RelativeLine = { sheet: string; line: number; entry: RelativeEntry };
export type RelativeFault = { sheet: string; line: number; reason: RelativeProblem };
export type ParsedRelatives = { lines: RelativeLine[]; faults: RelativeFault[] };

type Columns = Map<keyof RelativeEntry, number>;
const SEARCH_ROWS = 40;
const NEEDED = ['staffName', 'unit', 'relation', 'idNumber'] as const;
/** Sealing each line takes milliseconds; no county has so many members of staff. */
const MOST_LINES = 20_000;

/** Reads a register of near relatives; throws `relatives-header-missing` where no sheet holds one. */
export function parseRelatives(sheets: Sheet[]): ParsedRelatives {
  const parsed: ParsedRelatives = { lines: [], faults: [] };
  const seen = new Set<string>();
  let found = false;
  for (const sheet of sheets) {
    const header = sheet.hidden ? null : findColumns(sheet);
    if (!header) continue;
    found = true;
    for (const row of sheet.rows) {
      if (row.line <= header.line || isEmptyRow(row)) continue;
      const at = { sheet: sheet.name, line: row.line };
      const read = readLine(sheet, row, header.columns);
      const key = 'entry' in read ? JSON.stringify(read.entry) : '';
      if ('reason' in read) parsed.faults.push({ ...at, reason: read.reason });
      else if (seen.has(key)) parsed.faults.push({ ...at, reason: 'duplicate' });
      else parsed.lines.push({ ...at, entry: read.entry });
      seen.add(key);
    }
  }
  if (!found) throw new SpreadsheetError('relatives-header-missing');
  if (parsed.lines.length > MOST_LINES) throw new SpreadsheetError('file-too-large');
  return parsed;
}

function findColumns(sheet: Sheet): { line: number; columns: Columns } | null {
  for (const row of sheet.rows.slice(0, SEARCH_ROWS)) {
    const columns: Columns = new Map();
    for (const [at, cell] of row.cells.entries()) {
      const column = columnOfRelatives(textOfCell(cell));
      if (column && !columns.has(column)) columns.set(column, at);
    }
    if (NEEDED.every((column) => columns.has(column))) return { line: row.line, columns };
  }
  return null;
}

function isEmptyRow(row: SheetRow): boolean {
  return row.cells.every((cell) => isBlankText(textOfCell(cell)));
}

function readLine(
  sheet: Sheet,
  row: SheetRow,
  columns: Columns,
): { entry: RelativeEntry } | { reason: RelativeProblem } {
  const cellOf = (column: keyof RelativeEntry) => cellAt(sheet, row, columns.get(column));
  const textOf = (column: keyof RelativeEntry) => {
    const text = textOfCell(cellOf(column));
    return isBlankText(text) ? '' : text.slice(0, 100);
  };
  const relation = textOf('relation');
  const staff = readName(cellOf('staffName'));
  if ('problem' in staff) {
    return { reason: staff.problem === 'name-missing' ? 'staff-missing' : staff.problem };
  }
  if (!textOf('unit')) return { reason: 'unit-missing' };
  if (!relation) return { reason: 'relation-missing' };
  const isSelf = relation === SELF && !textOf('relativeName');
  const relative = isSelf ? staff : readName(cellOf('relativeName'));
  if ('problem' in relative) return { reason: relative.problem };
  const id = readIdNumber(cellOf('idNumber'));
  if ('problem' in id) return { reason: id.problem };
  return {
    entry: {
      staffName: staff.name,
      unit: textOf('unit'),
      position: textOf('position'),
      relativeName: relative.name,
      relation,
      idNumber: id.idNumber,
    },
  };
}

/** A cell; inside a merged range what its first cell says: one member of staff over several relatives. */
function cellAt(sheet: Sheet, row: SheetRow, column: number | undefined): Cell {
  if (column === undefined) return EMPTY_CELL;
  const merge = sheet.merges.find(
    ({ fromLine, toLine, fromColumn, toColumn }) =>
      row.line > fromLine && row.line <= toLine && column >= fromColumn && column <= toColumn,
  );
  if (!merge) return row.cells[column] ?? EMPTY_CELL;
  const anchor = sheet.rows.find(({ line }) => line === merge.fromLine);
  return anchor?.cells[merge.fromColumn] ?? EMPTY_CELL;
}
