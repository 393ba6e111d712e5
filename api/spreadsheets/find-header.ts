import { EMPTY_CELL, cleanText, textOfCell } from '#rules/cell.ts';
import { type Field, amountRank, fieldOfHeader, unitInText } from '#rules/header-aliases.ts';
import { MAX_COLUMNS, type Merge, type Sheet, type SheetRow } from './sheet.ts';

/** A person's name and ID number beside each other, one pair for each member of the household. */
export type PersonColumns = { name: number; id: number | null };

export type Header = {
  firstLine: number;
  lastLine: number;
  /** The one column of each field; where a field repeats, the first (of amounts the best). */
  columns: Map<Field, number>;
  head: PersonColumns;
  /** Members sideways, in order. */
  members: PersonColumns[];
  /** Members beside the head have a relation each, which says nothing about the row. */
  relationOfMembers: boolean;
  /** Columns with any heading, known or not. */
  headed: Set<number>;
  /** Yuan that one unit of the amount column is; null where the header says none. */
  amountUnit: number | null;
};

/** Marks the text of a group over several columns; no cleaned text has it. */
const GROUP = '\0';
const SEARCH_ROWS = 40;
const MIN_KNOWN = 4;
/** So many rows have no more; a file made to do harm may. */
const MAX_MERGES = 2000;

/**
 * Finds the header: the first row with four known column names, alone or together with merged cells that
 * reach into it, and the rows below that still name columns.
 */
export function findHeader(sheet: Sheet): Header | null {
  const rows = sheet.rows.slice(0, SEARCH_ROWS);
  const lastLine = rows.at(-1)?.line ?? 0;
  const merges = sheet.merges.filter((merge) => merge.fromLine <= lastLine).slice(0, MAX_MERGES);
  for (const [at, row] of rows.entries()) {
    const texts = [textsOf(row, merges, rows)];
    if (countKnown(texts) < MIN_KNOWN) continue;
    let last = row;
    for (const next of rows.slice(at + 1, at + 3)) {
      if (next.line !== last.line + 1) break;
      if (!continuesHeader(next) && !isReachedByName(row, next, merges)) break;
      texts.unshift(textsOf(next, merges, rows));
      last = next;
    }
    const above = rows[at - 1];
    if (above && above.line === row.line - 1) texts.push(textsOf(above, merges, rows));
    return readHeader(texts, row.line, last.line);
  }
  return null;
}

/** True for a row that repeats the header in the middle of a list (a page break of the office's print-out). */
export function isHeaderRow(row: SheetRow): boolean {
  return countKnown([row.cells.map((cell) => textOfCell(cell))]) >= MIN_KNOWN;
}

/** Cell texts of a row; a cell inside a merged range shows what its first cell says. */
function textsOf(row: SheetRow, merges: Merge[], rows: SheetRow[]): string[] {
  const texts = row.cells.map(textOfCell);
  for (const merge of merges) {
    if (row.line < merge.fromLine || row.line > merge.toLine) continue;
    const anchorRow = rows.find((candidate) => candidate.line === merge.fromLine);
    const text = textOfCell(anchorRow?.cells[merge.fromColumn] ?? EMPTY_CELL);
    const single = merge.toColumn === merge.fromColumn;
    const lastColumn = Math.min(merge.toColumn, MAX_COLUMNS);
    for (let column = merge.fromColumn; column <= lastColumn; column++) {
      // A group over several columns is no column name of its own.
      if (text !== '') texts[column] = single ? text : GROUP + text;
    }
  }
  return Array.from(texts, (text) => text ?? '');
}

function countKnown(layers: string[][]): number {
  const fields = layers.flatMap((texts) =>
    texts.map((text) => (text.startsWith(GROUP) ? null : fieldOfHeader(text))),
  );
  return new Set(fields.filter((field) => field !== null)).size;
}

function continuesHeader(row: SheetRow): boolean {
  const texts = row.cells.filter((cell) => cell.kind !== 'empty');
  const plain = texts.every((cell) => cell.kind === 'text' && !/\d{3}/.test(cleanText(cell.value)));
  return plain && texts.filter((cell) => fieldOfHeader(textOfCell(cell)) !== null).length >= 2;
}

/** True where merged cells carry column names of the header down into the next row: 序号 over both rows. */
function isReachedByName(row: SheetRow, next: SheetRow, merges: Merge[]): boolean {
  const reaching = merges.filter(
    ({ fromLine, toLine, fromColumn }) =>
      fromLine === row.line &&
      toLine >= next.line &&
      fieldOfHeader(textOfCell(row.cells[fromColumn] ?? EMPTY_CELL)) !== null,
  );
  return reaching.length >= 2;
}

/** `layers` from the bottom row of the header upward. */
function readHeader(layers: string[][], firstLine: number, lastLine: number): Header {
  const width = Math.max(...layers.map((texts) => texts.length));
  const columns = new Map<Field, number>();
  const names: number[] = [];
  const ids: number[] = [];
  let bestAmount = Number.POSITIVE_INFINITY;
  let amountUnit: number | null = null;
  const known = Array.from({ length: width }, (_, column) =>
    nameOfColumn(layers.map((texts) => texts[column] ?? '')),
  );
  for (const [column, named] of known.entries()) {
    if (named === null) continue;
    const { field, text } = named;
    if (field === 'headName' || field === 'name') names.push(column);
    if (field === 'headId' || field === 'idNumber') ids.push(column);
    if (field === 'memberNames' && columns.has(field)) names.push(column);
    if (field === 'amount') {
      if (amountRank(text) >= bestAmount) continue;
      bestAmount = amountRank(text);
      amountUnit = unitInText(text);
      columns.set(field, column);
    } else if (!columns.has(field)) columns.set(field, column);
  }
  const fields = known.map((named) => named?.field ?? null);
  const persons = isPersonPerRow(fields) ? onePerson(columns) : pairPersons(columns, names, ids);
  const relations = fields.filter((field) => field === 'relation').length;
  const [firstMember] = persons.members;
  const relationOfMembers =
    firstMember !== undefined &&
    (relations > 1 || (columns.get('relation') ?? -1) > firstMember.name);
  const headed = new Set([...known.keys()].filter((at) => layers.some((texts) => texts[at])));
  return { firstLine, lastLine, columns, ...persons, relationOfMembers, headed, amountUnit };
}

/** A row for every person, the head's own data beside each: 户主姓名, 姓名, 身份证号, 与户主关系. */
function isPersonPerRow(fields: (Field | null)[]): boolean {
  const count = (field: Field) => fields.filter((each) => each === field).length;
  return count('relation') > 0 && count('name') === 1 && count('idNumber') === 1;
}

function onePerson(columns: Map<Field, number>): Pick<Header, 'head' | 'members'> {
  const head = { name: columns.get('name') ?? -1, id: columns.get('idNumber') ?? null };
  return { head, members: [] };
}

function nameOfColumn(texts: string[]): { field: Field; text: string } | null {
  const isGroup = (text: string) => text.startsWith(GROUP);
  const [bottom = '', ...above] = texts.filter((text, at) => at === 0 || !isGroup(text));
  const groups = texts.filter(isGroup).map((text) => text.slice(GROUP.length));
  if (isGroup(bottom)) return null;
  for (const text of groups.map((group) => group + bottom)) {
    const field = bottom === '' ? null : fieldOfHeader(text);
    // Members' columns are told from the head's by their order.
    if (field !== null && !field.startsWith('member')) return { field, text };
  }
  for (const text of [bottom, ...above.map((group) => group + bottom), ...above]) {
    const field = text === '' ? null : fieldOfHeader(text);
    if (field !== null) return { field, text };
  }
  return null;
}

function pairPersons(columns: Map<Field, number>, names: number[], ids: number[]) {
  const headName = columns.get('headName') ?? columns.get('name') ?? names[0] ?? -1;
  const namedId = columns.get('headId');
  const idFirst = (ids[0] ?? 0) < (names[0] ?? 0) && ids.length === names.length && ids.length > 1;
  const used = new Set<number>();
  const idOf = (name: number): number | null => {
    const nextName = names.find((column) => column > name) ?? Number.POSITIVE_INFINITY;
    const free = ids.filter((column) => !used.has(column) && column !== namedId);
    const found = idFirst
      ? free.findLast((column) => column < name)
      : free.find((column) => column > name && column < nextName);
    if (found !== undefined) used.add(found);
    return found ?? null;
  };
  const head = { name: headName, id: namedId ?? idOf(headName) ?? columns.get('idNumber') ?? null };
  if (head.id !== null) used.add(head.id);
  const members = names
    .filter((column) => column !== headName)
    .map((name) => ({ name, id: idOf(name) }));
  return { head, members };
}
