import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ageOn, checkCharacterOf, isValidIdNumber, readIdNumber } from '#rules/id-number.ts';

const readText = (value: string) => readIdNumber({ kind: 'text', value });

const birth = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2026-10-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const idNumber = fc.tuple(birth, fc.integer({ min: 0, max: 999 })).map(([day, order]) => {
  const digits = `990101${day.replaceAll('-', '')}${String(order).padStart(3, '0')}`;
  return digits + checkCharacterOf(digits);
});

test('the sample of the standard has the check character X', () => {
  expect(checkCharacterOf('11010519491231002')).toBe('X');
  expect(isValidIdNumber('11010519491231002X')).toBe(true);
});

test('a number made by the rule is valid and says birth date and sex', () => {
  fc.assert(
    fc.property(idNumber, (id) => {
      expect(isValidIdNumber(id)).toBe(true);
      expect(readText(id)).toEqual({
        idNumber: id,
        birth: `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`,
        sex: Number(id[16]) % 2 === 1 ? '男' : '女',
        fifteenDigits: false,
      });
    }),
  );
});

test('one wrong digit anywhere is noticed', () => {
  fc.assert(
    fc.property(idNumber, fc.nat(17), fc.integer({ min: 1, max: 9 }), (id, at, step) => {
      const old = id[at] ?? '';
      const digit = old === 'X' ? String(step) : String((Number(old) + step) % 10);
      const wrong = id.slice(0, at) + digit + id.slice(at + 1);
      expect(isValidIdNumber(wrong)).toBe(false);
    }),
  );
});

test('two neighbouring digits exchanged are noticed', () => {
  fc.assert(
    fc.property(idNumber, fc.nat(15), (id, at) => {
      fc.pre(id[at] !== id[at + 1]);
      const wrong = id.slice(0, at) + id[at + 1] + id[at] + id.slice(at + 2);
      expect(isValidIdNumber(wrong)).toBe(false);
    }),
  );
});

test.each([
  ['９９０１０１１９５９０８１４２５４８', '990101195908142548'],
  ['99010119751120018x', '99010119751120018X'],
  ["'990101198006091423", '990101198006091423'],
  [' 990101196202064626\u00a0', '990101196202064626'],
  ['990101196101024107\t', '990101196101024107'],
  ['990101195703120011\u3000\u200b', '990101195703120011'],
])('%j is read without what the export added', (text, id) => {
  expect(readText(text)).toMatchObject({ idNumber: id });
});

test('fifteen digits are read and flagged, in their eighteen characters', () => {
  expect(readText('990101770619261')).toMatchObject({
    idNumber: expect.stringMatching(/^990101197706192\d1?[\dX]$/),
    birth: '1977-06-19',
    sex: '男',
    fifteenDigits: true,
  });
});

test.each([
  ['', 'id-missing'],
  ['无', 'id-missing'],
  ['99010119690917015', 'id-length'],
  ['9901011969091701500', 'id-length'],
  ['9.90101E+17', 'id-unreadable'],
  ['990101********0011', 'id-unreadable'],
  ['99010119570312001O', 'id-unreadable'],
  ['990101196502302112', 'id-date'],
  ['990101195703120012', 'id-check-digit'],
])('%j is refused as %s', (text, problem) => {
  expect(readText(text)).toEqual({ problem });
});

test('a number cell is refused whatever digits it shows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (value) => {
      expect(readIdNumber({ kind: 'number', value })).toEqual({ problem: 'id-unreadable' });
    }),
  );
});

test('a birthday changes the age on its day', () => {
  expect(ageOn('2008-10-15', '2026-10-14')).toBe(17);
  expect(ageOn('2008-10-15', '2026-10-15')).toBe(18);
});
