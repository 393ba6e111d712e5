import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatLetterNumber,
  isUnanswered,
  letterWordOf,
  referralStateOf,
} from '#rules/referral.ts';
import type { BodyKind } from '#rules/vocabulary.ts';

const body = (code: string, kind: BodyKind, name: string) => ({ code, kind, name });
const NOTHING = { receivedOn: null, returnedOn: null, feedbackOn: null };

test('a letter is numbered by body and year as offices write it', () => {
  const bureau = body('b', 'bureau', '示范区民政局');
  const word = letterWordOf(bureau, [bureau, body('d', 'discipline', '示范区纪委监委驻局组')]);
  expect(formatLetterNumber(word, 2026, 12)).toBe('示民移〔2026〕12号');
});

test('bodies of one kind whose names begin alike have words that differ', () => {
  const district = body('d1', 'discipline', '示范区纪委监委');
  const city = body('d2', 'discipline', '示范市纪委监委');
  expect(letterWordOf(district, [district, city])).toBe('示范区纪移');
  expect(letterWordOf(city, [district, city])).toBe('示范市纪移');
});

test('no two bodies ever have the same word, whatever they are called', () => {
  const kinds = fc.constantFrom<BodyKind>('bureau', 'discipline', 'township');
  const named = fc.record({ kind: kinds, name: fc.string({ minLength: 1, maxLength: 4 }) });
  const bodies = fc
    .uniqueArray(named, { minLength: 2, maxLength: 6, selector: ({ name }) => name })
    .map((list) => list.map((each, index) => ({ ...each, code: String(index) })));
  fc.assert(
    fc.property(bodies, (list) => {
      const words = list.map((each) => letterWordOf(each, list));
      expect(new Set(words).size).toBe(list.length);
    }),
  );
});

test('a referral waits for its receipt, then for its result', () => {
  const day = '2026-11-20';
  expect(referralStateOf(NOTHING)).toBe('waiting-receipt');
  expect(referralStateOf({ ...NOTHING, receivedOn: day })).toBe('waiting-feedback');
  expect(referralStateOf({ ...NOTHING, returnedOn: day })).toBe('returned');
  expect(referralStateOf({ ...NOTHING, feedbackOn: day })).toBe('answered');
});

test('it is unanswered from the day after the reminder, until it comes back either way', () => {
  const row = { ...NOTHING, remindOn: '2026-12-21' };
  expect(isUnanswered(row, '2026-12-21')).toBe(false);
  expect(isUnanswered(row, '2026-12-22')).toBe(true);
  expect(isUnanswered({ ...row, receivedOn: '2026-11-21' }, '2026-12-22')).toBe(true);
  expect(isUnanswered({ ...row, returnedOn: '2026-11-21' }, '2026-12-22')).toBe(false);
  expect(isUnanswered({ ...row, feedbackOn: '2026-11-21' }, '2026-12-22')).toBe(false);
});
