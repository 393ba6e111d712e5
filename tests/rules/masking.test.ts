import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskName } from '#rules/masking.ts';

test.each([
  ['张三', '张*'],
  ['张三丰', '张*丰'],
  ['王小明华', '王**华'],
  ['欧阳锋', '欧阳*'],
  ['欧阳娜娜', '欧阳**'],
  ['司马相如', '司马**'],
  ['欧阳', '欧*'],
  ['阿依古丽·买买提', '阿***·***'],
  ['张', '*'],
  ['𠮷明', '𠮷*'],
  ['李𠮷明', '李*明'],
])('%s is shown as %s', (name, masked) => {
  expect(maskName(name)).toBe(masked);
});

test.each([
  ['张三', '张**'],
  ['王小明华', '王**'],
  ['欧阳娜娜', '欧阳**'],
  ['阿依古丽·买买提', '阿**'],
])('with fixed stars %s is shown as %s, whatever its length', (name, masked) => {
  expect(maskName(name, 'surname-stars')).toBe(masked);
});

const han = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code));
const rare = fc.integer({ min: 0x20000, max: 0x2a6d6 }).map((code) => String.fromCodePoint(code));
const character = fc.oneof({ weight: 6, arbitrary: han }, rare);
const plainName = fc.array(character, { minLength: 1, maxLength: 8 });
const dottedName = fc
  .tuple(plainName, plainName)
  .map(([first, second]) => [...first, '·', ...second]);
const anyName = fc.oneof(plainName, dottedName);
const style = fc.constantFrom('keep-length' as const, 'surname-stars' as const);

test('a mask always hides something and never shows more than two characters of the name', () => {
  fc.assert(
    fc.property(anyName, style, (characters, chosen) => {
      const shown = [...maskName(characters.join(''), chosen)];
      expect(shown).toContain('*');
      expect(shown.filter((each) => each !== '*' && each !== '·').length).toBeLessThanOrEqual(2);
    }),
  );
});

test('what the mask shows stands at its own place, and nothing between surname and last character', () => {
  fc.assert(
    fc.property(anyName, (characters) => {
      const shown = [...maskName(characters.join(''))];
      const open = shown.flatMap((each, at) => (each === '*' || each === '·' ? [] : [at]));
      expect(open.every((at) => shown[at] === characters[at])).toBe(true);
      expect(open.filter((at) => at > 1 && at < characters.length - 1)).toEqual([]);
    }),
  );
});

test('the mask keeps the number of characters, counted as code points', () => {
  fc.assert(
    fc.property(anyName, (characters) => {
      expect([...maskName(characters.join(''))]).toHaveLength(characters.length);
    }),
  );
});

test('masking a masked name changes nothing', () => {
  fc.assert(
    fc.property(anyName, (characters) => {
      const masked = maskName(characters.join(''));
      expect(maskName(masked)).toBe(masked);
    }),
  );
});

test('with fixed stars two names of one surname cannot be told apart by length', () => {
  fc.assert(
    fc.property(plainName, plainName, (one, other) => {
      const mask = (given: string[]) => maskName(`王${given.join('')}`, 'surname-stars');
      expect(mask(one)).toBe(mask(other));
    }),
  );
});
