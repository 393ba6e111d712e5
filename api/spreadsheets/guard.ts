import { SpreadsheetError } from './errors.ts';
import { MAX_CELL_CHARACTERS, MAX_ROWS } from './sheet.ts';
import { type ZipEntry, inflateEntry, readZipDirectory } from './zip-directory.ts';

export const MAX_FILE_BYTES = 20 * 1024 * 1024;
/** 29,000 rows of the widest known layout; reading them takes ten times that much memory. */
const MAX_INFLATED_BYTES = 24 * 1024 * 1024;
const MAX_RATIO = 100;
/** Below this a high ratio harms nobody: an empty sheet's styles compress well too. */
const RATIO_MATTERS_FROM = 1024 * 1024;

/** No list merges more; ten thousand households with ten merged cells each are half of it. */
const MAX_MERGES = 200_000;
/** As bytes: a search for UTF-16 text never ends where an entry that is stored as it is begins at an odd place. */
const DECLARATIONS = ['<!DOCTYPE', '<!ENTITY'].flatMap((sign) => [
  Buffer.from(sign),
  Buffer.from(sign, 'utf16le'),
]);
/** A full cell, each character written as an entity. */
const MAX_TEXT_BYTES = MAX_CELL_CHARACTERS * 12;

export type FileKind = 'xlsx' | 'csv';

/**
 * Says what a file is by its content and refuses, before anything parses it, what is empty, oversized, old,
 * encrypted, with macros, or a zip that swells. `fileName` only serves to notice a false ending.
 */
export function guardFile(bytes: Uint8Array, fileName = ''): FileKind {
  if (bytes.length === 0) throw new SpreadsheetError('file-empty');
  if (bytes.length > MAX_FILE_BYTES) throw new SpreadsheetError('file-too-large');
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    throw new SpreadsheetError(isEncryptedPackage(bytes) ? 'file-encrypted' : 'file-old-format');
  }
  // The raw stream of Excel 2 to 4.
  if (startsWith(bytes, [0x09]) && (bytes[1] ?? 0xff) <= 8 && bytes[3] === 0) {
    throw new SpreadsheetError('file-old-format');
  }
  if (startsWith(bytes, [0x50, 0x4b])) {
    guardZip(bytes);
    return 'xlsx';
  }
  guardText(bytes, fileName);
  return 'csv';
}

function guardZip(bytes: Uint8Array): void {
  const entries = readZipDirectory(bytes);
  if (entries.some((entry) => entry.encrypted)) throw new SpreadsheetError('file-encrypted');
  const size = sumOf(entries, (entry) => entry.size);
  const ratio =
    size /
    Math.max(
      1,
      sumOf(entries, (entry) => entry.compressedSize),
    );
  if (size > MAX_INFLATED_BYTES) throw new SpreadsheetError('file-too-large');
  if (size > RATIO_MATTERS_FROM && ratio > MAX_RATIO) throw new SpreadsheetError('file-too-large');
  const names = entries.map((entry) => entry.name.toLowerCase());
  if (names.some((name) => /vbaproject|\/macrosheets\//.test(name))) {
    throw new SpreadsheetError('file-macros');
  }
  const workbook = names.some((name) => /worksheets\/[^/]+\.xml$/.test(name));
  if (!workbook) throw new SpreadsheetError('file-other-format');
  for (const entry of entries) guardEntry(bytes, entry);
}

/** The directory may lie about sizes, and a document type may define entities: look at the content too. */
function guardEntry(bytes: Uint8Array, entry: ZipEntry): void {
  const content = inflateEntry(bytes, entry);
  if (!/\.(xml|rels)$/i.test(entry.name)) return;
  const data = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  // Anywhere: a long comment may stand before it. As content these signs are always escaped.
  if (DECLARATIONS.some((sign) => data.includes(sign)))
    throw new SpreadsheetError('file-unreadable');
  if (!/sharedstrings|worksheets\//i.test(entry.name)) return;
  // What would be refused after reading is refused before it.
  const isEndless =
    hasMore(data, '<row', MAX_ROWS + 1) ||
    hasMore(data, '<mergeCell ', MAX_MERGES) ||
    hasLongText(data);
  if (isEndless) throw new SpreadsheetError('file-too-large');
}

function hasMore(data: Buffer, sign: string, limit: number): boolean {
  let at = data.indexOf(sign);
  for (let count = 0; at >= 0; at = data.indexOf(sign, at + sign.length)) {
    count += 1;
    if (count > limit) return true;
  }
  return false;
}

/** True for a text that no cell can hold; looks at so few places that only one of twice the length is sure to be found. */
function hasLongText(data: Buffer): boolean {
  for (let at = 0; at < data.length; at += MAX_TEXT_BYTES) {
    const tag = data.indexOf('<', at);
    if ((tag < 0 ? data.length : tag) - at > MAX_TEXT_BYTES) return true;
  }
  return false;
}

function guardText(bytes: Uint8Array, fileName: string): void {
  const opening = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  if (/^\s*(%PDF|\{\\rtf)/.test(opening)) throw new SpreadsheetError('file-other-format');
  // Some systems write a web page or an XML table and call it .xls.
  if (/^(ï»¿)?\s*<(html|table|!doctype|\?xml|meta|head)/i.test(opening)) {
    throw new SpreadsheetError('file-old-format');
  }
  if (/\.xlsx$/i.test(fileName)) throw new SpreadsheetError('file-unreadable');
  if (/\.(xls|et)$/i.test(fileName)) throw new SpreadsheetError('file-old-format');
  const utf16 = startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]);
  if (!utf16 && bytes.includes(0)) throw new SpreadsheetError('file-unreadable');
}

function isEncryptedPackage(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
    Buffer.from('EncryptedPackage', 'utf16le'),
  );
}

function startsWith(bytes: Uint8Array, signature: number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}

function sumOf<T>(items: T[], measure: (item: T) => number): number {
  return items.reduce((total, item) => total + measure(item), 0);
}
