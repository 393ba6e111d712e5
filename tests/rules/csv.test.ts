import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeCsv } from '#rules/csv.ts';

const cells = fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n", ;\'甲1a') });

test('what is written is read back by another program, whatever stands in a cell', () => {
  const tables = fc.integer({ min: 1, max: 5 }).chain((width) =>
    fc.array(fc.array(cells, { minLength: width, maxLength: width }), {
      minLength: 1,
      maxLength: 6,
    }),
  );
  fc.assert(
    fc.property(tables, (rows) => {
      const options = { bom: true, record_delimiter: '\r\n', relax_column_count: true };
      const read = parse(writeCsv(rows), options);
      const shown = rows.map((row) => row.map((cell) => cell.replace(/^(?=[=+\-@\t\r])/, "'")));
      expect(read).toEqual(shown);
    }),
  );
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('%j is no formula', (cell) => {
  const text = writeCsv([[cell]]);
  expect(text).toMatch(/^\uFEFF"?'/);
});

test('numbers stay numbers, and what is not known is empty', () => {
  expect(
    writeCsv([
      ['户数', '新增'],
      [12, null],
    ]),
  ).toBe('\uFEFF户数,新增\r\n12,\r\n');
});
