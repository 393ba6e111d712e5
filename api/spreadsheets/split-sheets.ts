import { EMPTY_CELL, textOfCell } from '#rules/cell.ts';
import { fieldOfHeader } from '#rules/header-aliases.ts';
import { type Header, findHeader, isHeaderRow } from './find-header.ts';
import type { Sheet, SheetRow } from './sheet.ts';

/** A header further down has its own title within so many rows. */
const NEAR = 20;

/**
 * Parts a sheet that holds several lists, below each other under titles of their own or side by side as on a
 * printed page. Lines and columns stay as they are; a sheet with one list stays whole.
 */
export function splitSheets(sheets: Sheet[]): Sheet[] {
  return sheets.flatMap((sheet) =>
    sheet.hidden ? [sheet] : splitBelow(sheet).flatMap(splitBeside),
  );
}

function splitBelow(sheet: Sheet): Sheet[] {
  const { rows } = sheet;
  let current = findHeader(sheet);
  if (!current) return [sheet];
  const starts = [0];
  let lastLine = current.lastLine;
  for (const [at, row] of rows.entries()) {
    if (row.line <= lastLine || !mayBeHeader(row) || !isHeaderRow(row)) continue;
    const from = startOfTitle(rows, at);
    const next = findHeader({ ...sheet, rows: rows.slice(from, at + NEAR) });
    if (!next) continue;
    lastLine = next.lastLine;
    // A header printed again at the top of a page begins nothing.
    if (isSameList(rows, current, next)) continue;
    starts.push(from);
    current = next;
  }
  return starts.map((from, at) => ({ ...sheet, rows: rows.slice(from, starts[at + 1]) }));
}

/** Looking closer at every row of a long list would take as long as reading it. */
function mayBeHeader({ cells }: SheetRow): boolean {
  return cells.some((cell) => cell.kind === 'text' && /身\s*份|证\s*件/.test(cell.value));
}

/** The rows above a header with hardly a cell in them are its title. */
function startOfTitle(rows: SheetRow[], header: number): number {
  let from = header;
  while (from > 0 && header - from < NEAR) {
    const texts = (rows[from - 1]?.cells ?? []).filter((cell) => cell.kind !== 'empty');
    if (texts.length > 3 || texts.some((cell) => /计/.test(textOfCell(cell)))) break;
    from -= 1;
  }
  return from;
}

function isSameList(rows: SheetRow[], first: Header, next: Header): boolean {
  const columns = [...first.columns];
  const sameColumns =
    columns.length === next.columns.size &&
    columns.every(([field, column]) => next.columns.get(field) === column);
  if (!sameColumns) return false;
  if (first.columns.has('village') || first.columns.has('place')) return true;
  const title = titleOf(rows, next);
  return title === '' || title === titleOf(rows, first);
}

/** What stands right above a header. */
function titleOf(rows: SheetRow[], { firstLine }: Header): string {
  const at = rows.findIndex((row) => row.line === firstLine);
  return rows
    .slice(startOfTitle(rows, at), at)
    .flatMap(({ cells }) => cells.map(textOfCell))
    .filter((text) => !/^第?\d+页/.test(text))
    .join('');
}

/** Two or more lists beside each other: the same column names again, amounts among them. */
function splitBeside(sheet: Sheet): Sheet[] {
  const header = findHeader(sheet);
  const row = sheet.rows.find((each) => each.line === header?.firstLine);
  if (!header || !row) return [sheet];
  const texts = row.cells.map(textOfCell);
  const period = periodOf(texts);
  if (period === null) return [sheet];
  return Array.from({ length: Math.ceil(texts.length / period) }, (_, at) => {
    const isOwn = (column: number) => Math.floor(column / period) === at;
    const rows = sheet.rows.map((each) => {
      if (each.line < header.firstLine) return each;
      const cells = each.cells.map((cell, column) => (isOwn(column) ? cell : EMPTY_CELL));
      return { ...each, cells };
    });
    return { ...sheet, rows, merges: sheet.merges.filter(({ fromColumn }) => isOwn(fromColumn)) };
  });
}

/** After how many columns the header begins anew; null where it does not. */
function periodOf(texts: string[]): number | null {
  const fields = texts.map(fieldOfHeader);
  const [one, two] = fields.flatMap((field, at) => (field === 'amount' ? [at] : []));
  if (one === undefined || two === undefined || texts[one] !== texts[two]) return null;
  const period = two - one;
  const isRepeated = texts.every(
    (text, at) => at < period || text === '' || text === texts[at - period],
  );
  const isNamed = fields.slice(0, period).some((field) => field === 'headName' || field === 'name');
  return isRepeated && isNamed && period >= 3 ? period : null;
}
