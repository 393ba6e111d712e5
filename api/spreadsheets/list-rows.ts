import { type Cell, EMPTY_CELL, isBlankText, textOfCell } from '#rules/cell.ts';
import type { Field } from '#rules/header-aliases.ts';
import { saysExit } from '#rules/exit-words.ts';
import { isHeadRelation, readName } from '#rules/recipient.ts';
import { type Header, type PersonColumns, isHeaderRow } from './find-header.ts';
import type { Merge, Sheet, SheetRow } from './sheet.ts';

export type TotalRow = { kind: 'total'; row: SheetRow };
/** A head's row and the member rows below it. */
export type HouseholdRows = {
  kind: 'household';
  row: SheetRow;
  memberRows: SheetRow[];
  /** Where the row's own person is a member and the head stands in columns beside. */
  head?: PersonColumns;
};
/** A household that the list itself calls an exit; no recipient. */
export type ExitRow = { kind: 'exit'; row: SheetRow };
export type ListEntry = HouseholdRows | TotalRow | ExitRow;

/** Reads cells of a sheet by field. */
export type CellReader = {
  header: Header;
  has: (field: Field) => boolean;
  cell: (row: SheetRow, field: Field) => Cell;
  text: (row: SheetRow, field: Field) => string;
  /** Lines that a merged cell of the household's makes part of the one above. */
  continued: Set<number>;
};

const TOTAL = /小计|合计|总计|共计|累计/;
const FOOTER = /制表|审核|填报|填表/;
const FOOTER_START = /^(经办人?|负责人|审批人?|复核人?|单位负责人|联系电话|说明|注|备注)[:：]/;
/** 联系电话：…, 分管领导：…: what a footer says, wherever it stands; no name, no ID number. */
const LABELLED = /^(?!.*身份证)\p{Script=Han}{2,8}[:：]/u;

/** What a merged cell may say for several rows; amounts and persons are one household's. */
const FILLED_DOWN: Field[] = [
  'town',
  'village',
  'place',
  'since',
  'aidType',
  'remark',
  'mayPublish',
  'mustProtect',
];
const OF_HOUSEHOLD: Field[] = ['seq', 'headName', 'family', 'insured', 'amount', 'certificate'];

/** Cells are filled down inside merged ranges and nowhere else. */
export function createCellReader(sheet: Sheet, header: Header): CellReader {
  const filled = new Map<Field, Map<number, Cell>>();
  for (const field of FILLED_DOWN) {
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
    continued: findContinued(sheet, header),
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
  for (const { merge, from, to } of withoutOverlaps(merges, lastLine)) {
    const anchor = rows.get(merge.fromLine)?.cells[column] ?? EMPTY_CELL;
    for (let line = from; line <= to; line++) cells.set(line, anchor);
  }
  return cells;
}

function findContinued(sheet: Sheet, header: Header): Set<number> {
  const columns = new Set(OF_HOUSEHOLD.map((field) => header.columns.get(field)));
  const lines = new Set<number>();
  const lastLine = sheet.rows.at(-1)?.line ?? 0;
  for (const column of columns) {
    const merges = sheet.merges.filter(
      ({ fromLine, fromColumn }) => fromColumn === column && fromLine > header.lastLine,
    );
    for (const { merge, from, to } of withoutOverlaps(merges, lastLine)) {
      for (let line = Math.max(from, merge.fromLine + 1); line <= to; line++) lines.add(line);
    }
  }
  return lines;
}

/**
 * The lines that merged ranges of one column cover, each line once: no program writes ranges that overlap,
 * but a file made to do harm may have a hundred thousand over the whole sheet.
 */
function withoutOverlaps(merges: readonly Merge[], lastLine: number) {
  let reached = 0;
  return merges
    .toSorted((a, b) => a.fromLine - b.fromLine)
    .map((merge) => {
      const from = Math.max(merge.fromLine, reached + 1);
      const to = Math.min(merge.toLine, lastLine);
      reached = Math.max(reached, to);
      return { merge, from, to };
    });
}

/** Sorts the rows below the header: households with their member rows, totals; the rest is left out. */
export function readEntries(sheet: Sheet, reader: CellReader): ListEntry[] {
  const entries: ListEntry[] = [];
  let current: HouseholdRows | null = null;
  for (const row of sheet.rows) {
    if (row.line <= reader.header.lastLine) continue;
    const kind = classifyRow(row, reader);
    const startsHere = startsHousehold(
      row,
      kind === 'head' ? null : (current?.row ?? null),
      reader,
    );
    if (kind === 'head' || (kind === 'member' && startsHere)) {
      const { columns } = reader.header;
      const head = { name: columns.get('headName') ?? -1, id: columns.get('headId') ?? null };
      current = { kind: 'household', row, memberRows: kind === 'head' ? [] : [row], head };
      entries.push(current);
    } else if (kind === 'member') current?.memberRows.push(row);
    if (kind === 'total' || kind === 'exit') entries.push({ kind, row });
    if (kind === 'exit') current = null;
    if (kind === 'household') {
      current = { kind, row, memberRows: [] };
      entries.push(current);
    }
  }
  return entries;
}

/** True for a member's row that names, in columns of its own, another head than the rows before. */
function startsHousehold(row: SheetRow, before: SheetRow | null, reader: CellReader): boolean {
  const { columns, head } = reader.header;
  const [name, id] = [columns.get('headName'), columns.get('headId')];
  if (name === undefined || id === undefined || name === head.name) return false;
  const keyOf = (each: SheetRow) => reader.text(each, 'headId') || reader.text(each, 'headName');
  return keyOf(row) !== '' && (before === null || keyOf(row) !== keyOf(before));
}

/** `head`: the head's columns stand beside empty ones of a member. */
type RowKind = 'household' | 'head' | 'member' | 'total' | 'exit' | 'other';

function classifyRow(row: SheetRow, reader: CellReader): RowKind {
  const { head } = reader.header;
  const nameCell = row.cells[head.name] ?? EMPTY_CELL;
  const name = textOfCell(nameCell);
  const id = head.id === null ? '' : textOfCell(row.cells[head.id] ?? EMPTY_CELL);
  const first = textOfCell(row.cells.find((cell) => cell.kind !== 'empty') ?? EMPTY_CELL);
  const labels = [reader.text(row, 'seq'), name];
  // A total may print a count where the ID number would be, a footer a phone number.
  const noId = isBlankText(id) || LABELLED.test(id);
  if (noId || !/\d{6}/.test(id)) {
    labels.push(id, first, ownText(row, reader, 'town'), ownText(row, reader, 'village'));
  }
  if (labels.some((label) => TOTAL.test(label))) return 'total';
  if (labels.some((label) => FOOTER.test(label))) return 'other';
  const continues = reader.continued.has(row.line);
  if (noId && isNameless(nameCell)) {
    if (startsHousehold(row, null, reader)) return 'head';
    return isBlankText(reader.text(row, 'memberNames')) ? 'other' : 'member';
  }
  if (noId && (FOOTER_START.test(first) || LABELLED.test(name))) return 'other';
  if (id === '' && isStrayNote(row, nameCell)) return 'other';
  if (isColumnNumbers(row) || isHeaderRow(row)) return 'other';
  const relation = isOfMember(reader.header) ? '' : reader.text(row, 'relation');
  const exits = saysExit(reader.text(row, 'change'));
  const isMember = relation === '' ? continues : !isHeadRelation(relation);
  if (!isMember) return exits ? 'exit' : 'household';
  // A member who left while the household stays.
  return exits ? 'other' : 'member';
}

/** No name, or nothing but words in brackets: （盖章）. */
function isNameless(cell: Cell): boolean {
  const name = readName(cell);
  return 'problem' in name && name.problem === 'name-missing';
}

/** A sentence that happens to stand in the column of names. */
function isStrayNote(row: SheetRow, nameCell: Cell): boolean {
  const name = readName(nameCell);
  const filled = row.cells.filter((cell) => cell.kind !== 'empty').length;
  return filled <= 2 && 'problem' in name && name.problem === 'name-unreadable';
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
