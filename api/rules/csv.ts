/** Excel takes UTF-8 for what it is only with a byte order mark. */
const BOM = '\uFEFF';
/** What a spreadsheet program would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const SPECIAL = /[",\r\n]|^\s|\s$/;

export type CsvCell = string | number | null;

/**
 * A table as CSV (RFC 4180) with a byte order mark: CRLF after every record, an apostrophe before text that would be
 * a formula, nothing for null.
 */
export function writeCsv(rows: readonly (readonly CsvCell[])[]): string {
  const lines = rows.map((row) => `${row.map(writeCell).join(',')}\r\n`);
  return BOM + lines.join('');
}

function writeCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
