import { readXlsx } from 'hucre/xlsx';
import { type Cell, EMPTY_CELL } from '#rules/cell.ts';
import { SpreadsheetError } from './errors.ts';
import { MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_ROWS, type Sheet } from './sheet.ts';

type Workbook = Awaited<ReturnType<typeof readXlsx>>;
type RawSheet = Workbook['sheets'][number];
type RawValue = RawSheet['rows'][number][number];

/**
 * Reads an .xlsx file that has passed the guard. Formulas give their cached values; hidden sheets come
 * without rows, so that nothing of them can be taken for a list.
 */
export async function readWorkbook(bytes: Uint8Array): Promise<Sheet[]> {
  const workbook = await openWorkbook(bytes);
  const date1904 = workbook.dateSystem === '1904';
  return workbook.sheets.map((sheet) => readSheet(sheet, date1904));
}

async function openWorkbook(bytes: Uint8Array): Promise<Workbook> {
  try {
    return await readXlsx(bytes);
  } catch {
    // The reader's own messages may quote cells.
    throw new SpreadsheetError('file-unreadable');
  }
}

function readSheet(sheet: RawSheet, date1904: boolean): Sheet {
  const hidden = sheet.hidden === true || sheet.veryHidden === true;
  if (sheet.rows.length > MAX_ROWS) throw new SpreadsheetError('file-too-large');
  const rows: Sheet['rows'] = [];
  for (const [index, values] of hidden ? [] : sheet.rows.entries()) {
    const cells = (values ?? []).map(readCell);
    while (cells.at(-1)?.kind === 'empty') cells.pop();
    if (cells.length > MAX_COLUMNS) throw new SpreadsheetError('file-too-large');
    const rowHidden = sheet.rowDefs?.get(index)?.hidden === true;
    if (cells.length > 0) rows.push({ line: index + 1, hidden: rowHidden, cells });
  }
  const merges = (sheet.merges ?? []).map((merge) => ({
    fromLine: merge.startRow + 1,
    toLine: merge.endRow + 1,
    fromColumn: merge.startCol,
    toColumn: merge.endCol,
  }));
  return { name: sheet.name, hidden, rows, merges, date1904 };
}

function readCell(value: RawValue | undefined): Cell {
  if (value === null || value === undefined || value === '') return EMPTY_CELL;
  if (typeof value === 'number') return { kind: 'number', value };
  if (value instanceof Date) {
    return Number.isNaN(value.getTime())
      ? { kind: 'text', value: '#' }
      : { kind: 'date', value: value.toISOString().slice(0, 10) };
  }
  const text = String(value);
  if (text.length > MAX_CELL_CHARACTERS) throw new SpreadsheetError('file-too-large');
  return { kind: 'text', value: text };
}
