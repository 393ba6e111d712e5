import { type Cell as WrittenCell, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import type { Cell } from '#rules/cell.ts';
import { PROBLEM_KINDS } from '#rules/import-reasons.ts';
import { findHeader } from './find-header.ts';
import {
  PROBLEM_COLUMN,
  PROBLEM_SHEET,
  PROBLEM_SHEET_HEADER,
  forgetMarks,
} from './forget-marks.ts';
import type { MarkedProblem } from './mark-problems.ts';
import { columnOfLetters } from './problem-columns.ts';
import { safeText } from './safe-text.ts';
import type { Sheet } from './sheet.ts';
import { sortSheets } from './sort-sheets.ts';

/** Weakest first: where two problems share a cell, the stronger colour stays. */
const FILLS = { withheld: 'D9D9D9', warning: 'FFF2B3', rejected: 'F8C9C4' } as const;
const STRENGTH = Object.keys(FILLS);
const HEADER_STYLE = { font: { bold: true } };

type Value = string | number | Date | null;

/** Writes sheets anew, as values, with the problems marked; see mark-problems. */
export async function writeMarked(
  fileName: string,
  source: Sheet[],
  problems: MarkedProblem[],
): Promise<Uint8Array> {
  const sheets = forgetMarks(source).filter((sheet) => !sheet.hidden);
  const { lists, personSheets } = sortSheets(sheets);
  const main = lists[0]?.sheet ?? personSheets[0] ?? sheets[0];
  const marked = sheets.map((sheet) => {
    const own = problems.filter((problem) =>
      problem.sheet === null ? sheet === main : problem.sheet === sheet.name,
    );
    return markSheet(sheet, own, nameOf(sheet, fileName));
  });
  return writeXlsx({
    sheets: [listProblems(problems), ...marked],
    dateSystem: sheets.some((sheet) => sheet.date1904) ? '1904' : '1900',
  });
}

function listProblems(problems: MarkedProblem[]): WriteSheet {
  const rows: Value[][] = problems.map((problem) => [
    safeText(problem.sheet ?? ''),
    problem.line,
    problem.column ?? '',
    PROBLEM_KINDS[problem.kind],
    safeText(problem.words),
  ]);
  const cells = new Map<string, Partial<WrittenCell>>();
  for (let column = 0; column < PROBLEM_SHEET_HEADER.length; column++) {
    cells.set(`0,${column}`, { style: HEADER_STYLE });
  }
  for (const [at, { kind }] of problems.entries()) cells.set(`${at + 1},3`, { style: fill(kind) });
  return {
    name: PROBLEM_SHEET,
    rows: [[...PROBLEM_SHEET_HEADER], ...rows],
    cells,
    columns: [16, 8, 8, 14, 60].map((width) => ({ width })),
    freezePane: { rows: 1 },
  };
}

function markSheet(sheet: Sheet, problems: MarkedProblem[], name: string): WriteSheet {
  const rows: Value[][] = [];
  const cells = new Map<string, Partial<WrittenCell>>();
  for (const row of sheet.rows) {
    rows[row.line - 1] = row.cells.map(valueOf);
    for (const [column, cell] of row.cells.entries()) {
      if (cell.kind === 'date')
        cells.set(`${row.line - 1},${column}`, { style: { numFmt: 'yyyy-mm-dd' } });
    }
  }
  const width = sheet.rows.reduce((most, row) => Math.max(most, row.cells.length), 0);
  const headerLine = findHeader(sheet)?.firstLine ?? 1;
  put(rows, headerLine, width, PROBLEM_COLUMN);
  cells.set(`${headerLine - 1},${width}`, { style: HEADER_STYLE });
  for (const [line, own] of Map.groupBy(problems, (problem) => problem.line)) {
    const words = own.map((problem) => `${PROBLEM_KINDS[problem.kind]}：${problem.words}`);
    // The header's own line keeps the column's name; the list of problems has the rest.
    if (line !== headerLine) put(rows, line, width, safeText(words.join('；')));
    for (const { kind, column } of own.toSorted(byStrength)) {
      const at = column === null ? width : columnOfLetters(column);
      for (const each of new Set([at, width])) {
        const key = `${line - 1},${each}`;
        cells.set(key, { style: { ...cells.get(key)?.style, ...fill(kind) } });
      }
    }
  }
  const merges = sheet.merges.map((merge) => ({
    startRow: merge.fromLine - 1,
    endRow: merge.toLine - 1,
    startCol: merge.fromColumn,
    endCol: merge.toColumn,
  }));
  const columns = Array.from({ length: width + 1 }, (_, at) => ({ width: at === width ? 50 : 14 }));
  return { name, rows: Array.from(rows, (row) => row ?? []), cells, merges, columns };
}

function put(rows: Value[][], line: number, column: number, value: string): void {
  const row = rows[line - 1] ?? [];
  while (row.length < column) row.push(null);
  row[column] = value;
  rows[line - 1] = row;
}

function byStrength(one: MarkedProblem, other: MarkedProblem): number {
  return STRENGTH.indexOf(one.kind) - STRENGTH.indexOf(other.kind);
}

function fill(kind: MarkedProblem['kind']) {
  return { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: FILLS[kind] } } } as const;
}

function valueOf(cell: Cell): Value {
  if (cell.kind === 'empty') return null;
  if (cell.kind === 'date') return new Date(`${cell.value}T00:00:00Z`);
  return cell.kind === 'text' ? safeText(cell.value) : cell.value;
}

/** A CSV file's one sheet is named after the file, which may say what kind of list it is. */
function nameOf(sheet: Sheet, fileName: string): string {
  const name = sheet.name || fileName.replace(/\.[^.]*$/, '');
  const taken = name === PROBLEM_SHEET ? `${name}（原）` : name;
  return (
    taken
      .replaceAll(/[\\/?*[\]:]/g, ' ')
      .replaceAll(/^'+|'+$/g, '')
      .slice(0, 31)
      .trim() || '名单'
  );
}
