import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { SpreadsheetError } from '#spreadsheets/errors.ts';
import { parseFile } from '#spreadsheets/parse-in-worker.ts';
import { zipOf } from './zip-of.ts';

/** Files made to do harm: refused with a sentence or read harmlessly, in ten seconds and 256 MB. */

const MB = 1024 * 1024;
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/content-types';

type Extra = { name: string; content: string };

/** A workbook by hand; every name in `names` is a sheet with the one part. */
function workbook(sheet: string | Uint8Array, extra: Extra[] = [], names = ['农村低保']) {
  const sheets = names
    .map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId1"/>`)
    .join('');
  const relation = (id: number, kind: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${RELATION}/${kind}" Target="${target}"/>`;
  return zipOf([
    { name: '[Content_Types].xml', content: `<Types xmlns="${PACKAGE}"/>` },
    {
      name: '_rels/.rels',
      content: `<Relationships>${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns:r="${RELATION}"><sheets>${sheets}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships>${relation(1, 'worksheet', 'worksheets/sheet1.xml')}${relation(2, 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    },
    { name: 'xl/worksheets/sheet1.xml', content: sheet },
    ...extra,
  ]);
}

const sheetOf = (rows: string, after = '') =>
  `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData>${after}</worksheet>`;
const HEAD = `<row r="1">${['村', '户主姓名', '身份证号', '家庭人口', '保障金额', '批准时间']
  .map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`)
  .join('')}</row>`;

async function outcomeOf(bytes: Uint8Array, fileName = '农村低保.xlsx') {
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 10);
  const start = performance.now();
  const outcome = await parseFile(bytes, { regions: [], standards: [], fileName }).then(
    (list) => list.rows.length,
    (error: unknown) => (error instanceof SpreadsheetError ? error.code : error),
  );
  clearInterval(watch);
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(peak - before).toBeLessThan(256 * MB);
  return outcome;
}

const HOSTILE: [string, () => Uint8Array, (string | number)[]][] = [
  ['a sheet of 600 MB', () => workbook(Buffer.alloc(600 * MB, '<c/>')), ['file-too-large']],
  [
    'two cells that span every row and column',
    () =>
      workbook(
        sheetOf(
          '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        ),
      ),
    ['file-unreadable', 'file-too-large'],
  ],
  [
    'a million empty rows',
    () =>
      workbook(
        sheetOf(
          HEAD + Array.from({ length: 1_048_575 }, (_, at) => `<row r="${at + 2}"/>`).join(''),
        ),
      ),
    ['file-too-large'],
  ],
  [
    'a shared string of 20 MB',
    () =>
      workbook(sheetOf(`${HEAD}<row r="2"><c t="s"><v>0</v></c></row>`), [
        {
          name: 'xl/sharedStrings.xml',
          content: `<sst><si><t>${randomBytes(10 * MB).toString('hex')}</t></si></sst>`,
        },
      ]),
    ['file-too-large'],
  ],
  [
    'three hundred thousand merged ranges over each other',
    () =>
      workbook(
        sheetOf(
          HEAD,
          `<mergeCells>${Array.from({ length: 300_000 }, (_, at) => `<mergeCell ref="A1:XFD${at + 1}"/>`).join('')}</mergeCells>`,
        ),
      ),
    ['file-too-large'],
  ],
  [
    'a hundred and ninety thousand merged ranges over every row of one column',
    () =>
      workbook(
        sheetOf(
          HEAD +
            Array.from(
              { length: 20_000 },
              (_, at) =>
                `<row r="${at + 2}"><c t="inlineStr" r="B${at + 2}"><is><t>x</t></is></c></row>`,
            ).join(''),
          `<mergeCells>${'<mergeCell ref="B2:B20001"/>'.repeat(190_000)}</mergeCells>`,
        ),
      ),
    [0],
  ],
  [
    'elements within elements, a hundred thousand deep',
    () => workbook(sheetOf(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`)),
    [0, 'header-missing', 'file-unreadable', 'file-too-large'],
  ],
  [
    'sheets called __proto__ and constructor',
    () => workbook(sheetOf(HEAD), [], ['__proto__', 'constructor', 'toString']),
    [0],
  ],
  [
    'parts that would like to be elsewhere on the disk',
    () => workbook(sheetOf(HEAD), [{ name: '../../../../tmp/evil.xml', content: '<a/>' }]),
    [0],
  ],
];

test.each(HOSTILE)(
  '%s does no harm',
  async (_what, make, allowed) => {
    expect(allowed).toContain(await outcomeOf(make()));
  },
  60_000,
);

const CSV: [string, () => Buffer, (string | number)[]][] = [
  ['one line of nothing but commas', () => Buffer.alloc(19 * MB, ','), ['file-too-large']],
  ['one cell of 19 MB', () => Buffer.alloc(19 * MB, 'a'), ['file-too-large']],
  ['more than 20 MB in one line', () => Buffer.alloc(200 * MB, 'a'), ['file-too-large']],
  [
    'a quote that never ends',
    () =>
      Buffer.concat([Buffer.from('乡镇,村,户主姓名,身份证号\n"'), Buffer.alloc(19 * MB, 'a,\n')]),
    ['file-too-large', 'file-unreadable'],
  ],
  ['nothing but line ends', () => Buffer.alloc(19 * MB, '\n'), ['file-too-large']],
  [
    'a village of digits that a pattern could stumble over',
    () =>
      Buffer.from(
        `村,户主姓名,身份证号,家庭人口,保障金额,批准时间\n${`${'1'.repeat(32_000)}x,王小明,1,1,1,1\n`.repeat(50)}`,
      ),
    [0, 'file-too-slow'],
  ],
];

test.each(CSV)(
  'CSV: %s does no harm',
  async (_what, make, allowed) => {
    expect(allowed).toContain(await outcomeOf(make(), '农村低保.csv'));
  },
  60_000,
);
