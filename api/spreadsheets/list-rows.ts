import { type Cell, EMPTY_CELL, textOfCell } from '#rules/cell.ts';
import type { Field } from '#rules/header-aliases.ts';
import { saysExit } from '#rules/exit-words.ts';
import { isHeadRelation } from '#rules/recipient.ts';
import { type Header, isHeaderRow } from './find-header.ts';
import type { Sheet, SheetRow } from './sheet.ts';

export type TotalRow = { kind: 'total'; row: SheetRow };
/** A head's row and the member rows below it. */
export type HouseholdRows = { kind: 'household'; row: SheetRow; memberRows: SheetRow[] };
/** A household that the list itself calls an exit; no recipient. */
export type ExitRow = { kind: 'exit'; row: SheetRow };
export type ListEntry = HouseholdRows | TotalRow | ExitRow;

/** Reads cells of a sheet by field. */
export type CellReader = {
  header: Header;
  has: (field: Field) => boolean;
  cell: (row: SheetRow, field: Field) => Cell;
  text: (row: SheetRow, field: Field) => string;
};

const TOTAL = /小计|合计|总计|共计|累计/;
const FOOTER = /制表|审核|填报|填表/;
const FOOTER_START = /^(经办人?|负责人|审批人?|复核人?|单位负责人|联系电话|说明|注|备注)[:：]/;

/** Town and village are filled down inside merged ranges and nowhere else. */
export function createCellReader(sheet: Sheet, header: Header): CellReader {
  const filled = new Map<Field, Map<number, Cell>>();
  for (const field of ['town', 'village', 'place'] as const) {
    const column = header.columns.get(field);
    if (column !== undefined) filled.set(field, fillDown(sheet, column));
  }
  const cell = (row: SheetRow, field: Field): Cell => {
    const column = header.columns.get(field);
    if (column === undefined) return EMPTY_CELL;
    return filled.get(field)?.get(row.line) ?? row.cells[column] ?? EMPTY_CELL;
  };
  return {
    header,
    cell,
    has: (field) => header.columns.has(field),
    text: (row, field) => textOfCell(cell(row, field)),
  };
}

function fillDown(sheet: Sheet, column: number): Map<number, Cell> {
  const cells = new Map<number, Cell>();
  const merges = sheet.merges.filter(
    (merge) => merge.fromColumn === column && merge.toLine > merge.fromLine,
  );
  if (merges.length === 0) return cells;
  const rows = new Map(sheet.rows.map((row) => [row.line, row]));
  const lastLine = sheet.rows.at(-1)?.line ?? 0;
  for (const merge of merges) {
    const anchor = rows.get(merge.fromLine)?.cells[column] ?? EMPTY_CELL;
    for (let line = merge.fromLine; line <= Math.min(merge.toLine, lastLine); line++) {
      cells.set(line, anchor);
    }
  }
  return cells;
}

/** Sorts the rows below the header: households with their member rows, totals; the rest is left out. */
export function readEntries(sheet: Sheet, reader: CellReader): ListEntry[] {
  const entries: ListEntry[] = [];
  let current: HouseholdRows | null = null;
  for (const row of sheet.rows) {
    if (row.line <= reader.header.lastLine) continue;
    const kind = classifyRow(row, reader);
    if (kind === 'member') current?.memberRows.push(row);
    if (kind === 'total' || kind === 'exit') entries.push({ kind, row });
    if (kind === 'exit') current = null;
    if (kind === 'household') {
      current = { kind, row, memberRows: [] };
      entries.push(current);
    }
  }
  return entries;
}

type RowKind = 'household' | 'member' | 'total' | 'exit' | 'other';

function classifyRow(row: SheetRow, reader: CellReader): RowKind {
  const { head } = reader.header;
  const name = textOfCell(row.cells[head.name] ?? EMPTY_CELL);
  const id = head.id === null ? '' : textOfCell(row.cells[head.id] ?? EMPTY_CELL);
  const first = textOfCell(row.cells.find((cell) => cell.kind !== 'empty') ?? EMPTY_CELL);
  const seq = reader.text(row, 'seq');
  const labels = id === '' ? [seq, name, first, ownText(row, reader, 'town')] : [seq, name];
  if (id === '') labels.push(ownText(row, reader, 'village'));
  if (labels.some((label) => TOTAL.test(label))) return 'total';
  if (labels.some((label) => FOOTER.test(label))) return 'other';
  if (name === '' && id === '') return 'other';
  if (id === '' && FOOTER_START.test(first)) return 'other';
  if (isColumnNumbers(row) || isHeaderRow(row)) return 'other';
  const relation = isOfMember(reader.header) ? '' : reader.text(row, 'relation');
  const exits = saysExit(reader.text(row, 'change'));
  if (relation === '' || isHeadRelation(relation)) return exits ? 'exit' : 'household';
  // A member who left while the household stays.
  return exits ? 'other' : 'member';
}

/** Members sideways may have a relation each; then it says nothing about the row. */
function isOfMember({ members, columns }: Header): boolean {
  const [first] = members;
  return first !== undefined && (columns.get('relation') ?? -1) > first.name;
}

function ownText(row: SheetRow, reader: CellReader, field: Field): string {
  return textOfCell(row.cells[reader.header.columns.get(field) ?? -1] ?? EMPTY_CELL);
}

/** The row of column numbers (1, 2, 3 … or 甲, 乙) that printed forms have under the header. */
function isColumnNumbers(row: SheetRow): boolean {
  const texts = row.cells.filter((cell) => cell.kind !== 'empty').map(textOfCell);
  return texts.length >= 4 && texts.every((text) => /^\(?\d{1,2}\)?$|^[甲乙丙丁戊]$/.test(text));
}
