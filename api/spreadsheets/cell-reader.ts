import { type AmountReading, readAmount } from '#rules/amount.ts';
import { type Cell, EMPTY_CELL, textOfCell } from '#rules/cell.ts';
import { type Field, unitInText } from '#rules/header-aliases.ts';
import type { Header } from './find-header.ts';
import type { Merge, Sheet, SheetRow } from './sheet.ts';

/** Reads cells of a sheet by field. */
export type CellReader = {
  header: Header;
  has: (field: Field) => boolean;
  cell: (row: SheetRow, field: Field) => Cell;
  text: (row: SheetRow, field: Field) => string;
  amount: (row: SheetRow) => AmountReading;
  /** Lines that a merged cell of the household's makes part of the one above. */
  continued: Set<number>;
};

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
export function createCellReader(
  sheet: Sheet,
  header: Header,
  alsoFilled: Field[] = [],
): CellReader {
  const filled = new Map<Field, Map<number, Cell>>();
  for (const field of [...FILLED_DOWN, ...alsoFilled]) {
    const column = header.columns.get(field);
    if (column !== undefined) filled.set(field, fillDown(sheet, column));
  }
  const cell = (row: SheetRow, field: Field): Cell => {
    const column = header.columns.get(field);
    if (column === undefined) return EMPTY_CELL;
    return filled.get(field)?.get(row.line) ?? row.cells[column] ?? EMPTY_CELL;
  };
  const unit = header.amountUnit ?? unitInTitle(sheet, header);
  return {
    header,
    cell,
    amount: (row) => readAmount(cell(row, 'amount'), unit),
    continued: findContinued(sheet, header),
    has: (field) => header.columns.has(field),
    text: (row, field) => textOfCell(cell(row, field)),
  };
}

/** 单位：户、人、万元 above the header. */
function unitInTitle(sheet: Sheet, header: Header): number {
  const above = sheet.rows.filter((row) => row.line < header.firstLine);
  const note = above
    .flatMap((row) => row.cells.map(textOfCell))
    .find((text) => /单位[:：].*元/.test(text));
  return (note && unitInText(note)) || 1;
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
