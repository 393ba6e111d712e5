import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CODE_ALPHABET,
  CODE_BYTES,
  formatQueryCode,
  isReference,
  makeQueryCode,
  makeReference,
  parseQueryCode,
  REFERENCE_BYTES,
} from '#rules/receipt.ts';

const code = fc.uint8Array({ minLength: CODE_BYTES, maxLength: CODE_BYTES }).map(makeQueryCode);
const toFullWidth = (text: string) =>
  text.replaceAll(/[0-9A-Z-]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0));

test('a query code is 17 symbols of the alphabet', () => {
  fc.assert(
    fc.property(code, (text) => {
      expect(text).toHaveLength(17);
      expect([...text].every((symbol) => CODE_ALPHABET.includes(symbol))).toBe(true);
    }),
  );
});

test('any single wrong symbol is noticed', () => {
  const wrong = fc.tuple(code, fc.nat(16), fc.integer({ min: 1, max: 31 }));
  fc.assert(
    fc.property(wrong, ([text, position, shift]) => {
      const right = CODE_ALPHABET.indexOf(text.charAt(position));
      const other = CODE_ALPHABET.charAt((right + shift) % 32);
      const changed = text.slice(0, position) + other + text.slice(position + 1);
      expect(parseQueryCode(changed)).toEqual({ ok: false });
    }),
    { numRuns: 500 },
  );
});

test('two neighbours that changed places are noticed, save 0 and Z', () => {
  fc.assert(
    fc.property(code, fc.nat(15), (text, position) => {
      const pair = text.slice(position, position + 2);
      const swapped = pair.charAt(1) + pair.charAt(0);
      fc.pre(pair !== swapped && !['0Z', 'Z0'].includes(pair));
      const changed = text.slice(0, position) + swapped + text.slice(position + 2);
      expect(parseQueryCode(changed)).toEqual({ ok: false });
    }),
    { numRuns: 500 },
  );
});

test('a code is read however it was typed', () => {
  fc.assert(
    fc.property(code, (text) => {
      const typed = [
        formatQueryCode(text),
        ` ${formatQueryCode(text).toLowerCase()} `,
        toFullWidth(formatQueryCode(text)),
        text.replaceAll('0', 'o').replaceAll('1', 'l'),
        text.replaceAll('0', 'Ｏ').replaceAll('1', 'I'),
        [...text].join('　'),
        formatQueryCode(text).replaceAll('-', '－'),
        formatQueryCode(text).replaceAll('-', '—'),
      ];
      for (const each of typed) expect(parseQueryCode(each)).toEqual({ ok: true, code: text });
    }),
  );
});

test.each(['', '7K3F', 'U'.repeat(17), '0'.repeat(18), '张三'])('%j is not a code', (text) => {
  expect(parseQueryCode(text)).toEqual({ ok: false });
});

test('a code is shown in groups of four', () => {
  expect(formatQueryCode('0123456789ABCDEFG')).toBe('0123-4567-89AB-CDEF-G');
});

test('a reference shows the year and six symbols', () => {
  const random = fc.uint8Array({ minLength: REFERENCE_BYTES, maxLength: REFERENCE_BYTES });
  fc.assert(
    fc.property(random, (bytes) => {
      const reference = makeReference(2026, bytes);
      expect(reference).toMatch(/^YG-2026-.{4}-.{2}$/);
      expect(isReference(reference)).toBe(true);
    }),
  );
  expect(isReference('YG-2026-7K3F-9Q')).toBe(true);
  expect(isReference('YG-2026-7K3F-9U')).toBe(false);
});
