import { CsvError, parse } from 'csv-parse/sync';
import { EMPTY_CELL } from '#rules/cell.ts';
import { SpreadsheetError } from './errors.ts';
import { MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_ROWS, type Sheet } from './sheet.ts';

/** A row of a list has some hundred characters; a line without end must not be cut into millions of cells. */
const MAX_RECORD_CHARACTERS = 100_000;

/**
 * Reads CSV as Excel and WPS save it. The line of a row is its record number, title rows included. All cells
 * are text.
 */
export function readCsv(bytes: Uint8Array): Sheet[] {
  const text = decodeText(bytes);
  if (hasEndlessLine(text)) throw new SpreadsheetError('file-too-large');
  const records = parseRecords(text, delimiterOf(text));
  if (records.length > MAX_ROWS) throw new SpreadsheetError('file-too-large');
  const rows = records.map((record, index) => {
    if (record.length > MAX_COLUMNS) throw new SpreadsheetError('file-too-large');
    const cells = record.map((value) => {
      if (value.length > MAX_CELL_CHARACTERS) throw new SpreadsheetError('file-too-large');
      return value === '' ? EMPTY_CELL : { kind: 'text' as const, value: unwrapFormula(value) };
    });
    return { line: index + 1, hidden: false, cells };
  });
  return [{ name: '', hidden: false, rows, merges: [], date1904: false }];
}

/** ="990101…" is how some systems keep the digits of a number when Excel opens their CSV. */
function unwrapFormula(value: string): string {
  return /^\s*="(.*)"\s*$/s.exec(value)?.[1]?.replaceAll('""', '"') ?? value;
}

/** Whether a line is too long by whichever sign the lines end with. */
function hasEndlessLine(text: string): boolean {
  return ['\n', '\r'].every((sign) => {
    let start = 0;
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, start)) {
      if (at - start > MAX_RECORD_CHARACTERS) return true;
      start = at + 1;
    }
    return text.length - start > MAX_RECORD_CHARACTERS;
  });
}

/** A byte order mark decides; else strict UTF-8; else strict GB18030; else the file is unreadable. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not this encoding; the next one may fit.
    }
  }
  throw new SpreadsheetError('file-unreadable');
}

/** The sign that separates most often outside quotes near the beginning. */
function delimiterOf(text: string): string {
  const opening = text.slice(0, 5000).replace(/"[^"]*"/g, '');
  const counts = [',', '\t', ';'].map((sign) => [sign, opening.split(sign).length] as const);
  return counts.toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? ',';
}

function parseRecords(text: string, delimiter: string): string[][] {
  try {
    const to = MAX_ROWS + 1;
    return parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: MAX_RECORD_CHARACTERS,
      to,
    });
  } catch (error) {
    // csv-parse quotes the record in its message.
    const isLong = error instanceof CsvError && error.code === 'CSV_MAX_RECORD_SIZE';
    throw new SpreadsheetError(isLong ? 'file-too-large' : 'file-unreadable');
  }
}
