import { parse } from 'csv-parse/sync';
import { EMPTY_CELL } from '#rules/cell.ts';
import { SpreadsheetError } from './errors.ts';
import { MAX_COLUMNS, MAX_ROWS, type Sheet } from './sheet.ts';

/**
 * Reads CSV as Excel and WPS save it. The line of a row is its record number, title rows included. All cells
 * are text.
 */
export function readCsv(bytes: Uint8Array): Sheet[] {
  const text = decodeText(bytes);
  const records = parseRecords(text, delimiterOf(text));
  if (records.length > MAX_ROWS) throw new SpreadsheetError('file-too-large');
  const rows = records.map((record, index) => {
    if (record.length > MAX_COLUMNS) throw new SpreadsheetError('file-too-large');
    const cells = record.map((value) =>
      value === '' ? EMPTY_CELL : { kind: 'text' as const, value: unwrapFormula(value) },
    );
    return { line: index + 1, hidden: false, cells };
  });
  return [{ name: '', hidden: false, rows, merges: [], date1904: false }];
}

/** ="990101…" is how some systems keep the digits of a number when Excel opens their CSV. */
function unwrapFormula(value: string): string {
  return /^\s*="(.*)"\s*$/s.exec(value)?.[1]?.replaceAll('""', '"') ?? value;
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
      to,
    });
  } catch {
    // csv-parse quotes the record in its message.
    throw new SpreadsheetError('file-unreadable');
  }
}
