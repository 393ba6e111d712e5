import { randomBytes } from 'node:crypto';
import { writeXlsx } from 'hucre/xlsx';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SPREADSHEET_ERRORS, SpreadsheetError } from '#spreadsheets/errors.ts';
import { guardFile } from '#spreadsheets/guard.ts';
import { parseFile } from '#spreadsheets/parse-in-worker.ts';
import { zipOf } from './zip-of.ts';

const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const SHEET = 'xl/worksheets/sheet1.xml';
const TYPES = { name: '[Content_Types].xml', content: '<Types/>' };
const bytesOf = (text: string) => new TextEncoder().encode(text);

async function refusalOf(bytes: Uint8Array, fileName = '名单.xlsx') {
  const outcome = parseFile(bytes, { fileName, regions: [], standards: [] });
  const error = await outcome.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof SpreadsheetError ? error.code : error;
}

/** Text that hardly shrinks when it is packed. */
const noise = (length: number) => randomBytes(length / 2).toString('hex');
const compressible = Buffer.alloc(8 * 1024 * 1024, '<c/>');
const BAD: [string, Uint8Array, string][] = [
  ['nothing', new Uint8Array(), 'file-empty'],
  ['text under the name .xlsx', bytesOf('不是表格'), 'file-unreadable'],
  ['an old .xls', new Uint8Array([...OLE, ...Array<number>(2000).fill(0)]), 'file-old-format'],
  [
    'an encrypted workbook',
    new Uint8Array([...OLE, ...Buffer.alloc(600), ...Buffer.from('EncryptedPackage', 'utf16le')]),
    'file-encrypted',
  ],
  ['a web page called .xls', bytesOf('<html><table></table></html>'), 'file-old-format'],
  ['a PDF', bytesOf('%PDF-1.7\n…'), 'file-other-format'],
  ['a zip without sheets', zipOf([TYPES]), 'file-other-format'],
  ['a broken zip', zipOf([TYPES]).slice(0, 40), 'file-unreadable'],
  [
    'a workbook with macros',
    zipOf([TYPES, { name: SHEET, content: '<a/>' }, { name: 'xl/vbaProject.bin', content: 'x' }]),
    'file-macros',
  ],
  [
    'an encrypted zip',
    zipOf([TYPES, { name: SHEET, content: '<a/>', flags: 1 }]),
    'file-encrypted',
  ],
  ['a zip bomb', zipOf([TYPES, { name: SHEET, content: compressible }]), 'file-too-large'],
  [
    'a zip that claims 4 GB',
    zipOf([TYPES, { name: SHEET, content: '<a/>', claimedSize: 0xfffffff0 }]),
    'file-too-large',
  ],
  [
    'a zip bomb that lies about its size',
    zipOf([TYPES, { name: SHEET, content: compressible, claimedSize: 100 }]),
    'file-too-large',
  ],
  [
    'a document type',
    zipOf([TYPES, { name: SHEET, content: '<!DOCTYPE x [<!ENTITY a "b">]><a/>' }]),
    'file-unreadable',
  ],
  [
    'a document type behind a long comment',
    zipOf([TYPES, { name: SHEET, content: `<!--${noise(9000)}--><!DOCTYPE x><a/>` }]),
    'file-unreadable',
  ],
  [
    'a workbook that unpacks to more than 24 MB',
    zipOf([TYPES, { name: SHEET, content: noise(24 * 1024 * 1024) }]),
    'file-too-large',
  ],
  [
    'a zip that only looks like a workbook',
    zipOf([TYPES, { name: SHEET, content: '<a/>' }]),
    'file-unreadable',
  ],
  ['more than 20 MB', new Uint8Array(20 * 1024 * 1024 + 1).fill(65), 'file-too-large'],
];

test.each(BAD)('%s is refused with a reason', async (_what, bytes, code) => {
  expect(await refusalOf(bytes)).toBe(code);
});

test('a CSV file of more than 100,000 rows is refused', async () => {
  const bytes = bytesOf(`户主姓名,村\n${'王,一\n'.repeat(100_000)}`);
  expect(await refusalOf(bytes, '名单.csv')).toBe('file-too-large');
});

test('every refusal is one Chinese sentence that says what to do', () => {
  for (const message of Object.values(SPREADSHEET_ERRORS)) {
    expect(message).toMatch(/^[^。]*[，（][^。]*。$/);
  }
});

test('a sheet of 16,384 columns is refused', async () => {
  const rows = [Array.from({ length: 16_384 }, (_, at) => `栏${at}`)];
  const bytes = await writeXlsx({ sheets: [{ name: '农村低保', rows }] });
  expect(await refusalOf(bytes)).toBe('file-too-large');
});

test('a hundred sheets without a list are read and refused for their missing header', async () => {
  const sheets = Array.from({ length: 100 }, (_, at) => ({
    name: `表${at}`,
    rows: [['一', '二']],
  }));
  expect(await refusalOf(await writeXlsx({ sheets }))).toBe('header-missing');
});

test('no bytes whatever make the guard fail with anything but a coded refusal', () => {
  const opening = fc.constantFrom([], OLE, [0x50, 0x4b, 3, 4], [0x50, 0x4b, 5, 6], [0xff, 0xfe]);
  fc.assert(
    fc.property(opening, fc.uint8Array({ maxLength: 300 }), (start, rest) => {
      const attempt = () => guardFile(new Uint8Array([...start, ...rest]));
      let failure: unknown = new SpreadsheetError('file-unreadable');
      try {
        attempt();
      } catch (error) {
        failure = error;
      }
      expect(failure).toBeInstanceOf(SpreadsheetError);
    }),
  );
});
