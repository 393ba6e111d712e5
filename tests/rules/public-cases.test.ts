import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerOf, caseDueOn, listCaseMonths } from '#rules/case-months.ts';
import { cutAtSpots, locateWords, SPOT_KINDS } from '#rules/case-spots.ts';
import { addDays, daysBetween } from '#rules/civil-date.ts';
import { CASE_STATES, CASE_STEPS, caseStepOf, endOfTerm } from '#rules/public-cases.ts';
import type { CaseState, CaseStep } from '#rules/public-cases.ts';
import { codesOf } from '#rules/vocabulary.ts';

const steps = codesOf(CASE_STEPS);
const anyWalk = fc.array(fc.constantFrom(...steps), { maxLength: 30 });

/** Where the steps that can be taken lead, from a draft. */
function walk(wanted: readonly CaseStep[]): CaseStep[] {
  let state: CaseState = 'draft';
  return wanted.filter((step) => {
    const { from, to } = caseStepOf(step);
    if (!from.includes(state)) return false;
    state = to;
    return true;
  });
}

test('nothing is ever public that was not handed in and approved first', () => {
  fc.assert(
    fc.property(anyWalk, (wanted) => {
      const taken = walk(wanted);
      const at = taken.findIndex((step) => CASE_STATES[caseStepOf(step).to].isPublic);
      if (at < 0) return;
      expect(taken[at]).toBe('approve');
      expect(taken.slice(0, at)).toContain('hand-in');
    }),
    { numRuns: 2000 },
  );
});

test('what was withdrawn is public again by a second person only', () => {
  fc.assert(
    fc.property(anyWalk, (wanted) => {
      const taken = walk(wanted);
      const at = taken.indexOf('withdraw');
      const next = at < 0 ? undefined : taken[at + 1];
      if (next) expect(caseStepOf(next).by).toBe('second');
    }),
    { numRuns: 2000 },
  );
});

test('every state can be reached, and only three are the end', () => {
  const reached = new Set<CaseState>(['draft', ...steps.map((step) => CASE_STEPS[step].to)]);
  expect(reached).toEqual(new Set(codesOf(CASE_STATES)));
  const left = new Set(steps.flatMap((step) => caseStepOf(step).from));
  const ends = codesOf(CASE_STATES).filter((state) => !left.has(state));
  expect(new Set(ends)).toEqual(new Set(['removed', 'expired', 'discarded']));
});

test('a term ends on the same day of a later month, or on its last day', () => {
  expect(endOfTerm('2026-11-20', 6)).toBe('2027-05-20');
  expect(endOfTerm('2026-08-31', 6)).toBe('2027-02-28');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 24 }), (day, term) => {
      const from = addDays('2026-01-01', day);
      const days = daysBetween(from, endOfTerm(from, term));
      expect(days).toBeGreaterThanOrEqual(28 * term);
      expect(days).toBeLessThanOrEqual(31 * term);
    }),
  );
});

test('a month without an answer is missing after its day, and none is an answer', () => {
  const month = { month: '2026-10', dueDay: 15 };
  expect(caseDueOn('2026-12', 15)).toBe('2027-01-15');
  const silent = { cases: 0, isNone: false };
  expect(answerOf(silent, { ...month, today: '2026-11-15' })).toBe('open');
  expect(answerOf(silent, { ...month, today: '2026-11-16' })).toBe('missing');
  expect(answerOf({ cases: 0, isNone: true }, { ...month, today: '2026-12-01' })).toBe('none');
  expect(answerOf({ cases: 2, isNone: true }, { ...month, today: '2026-12-01' })).toBe('cases');
  expect(listCaseMonths('2026-02-03', '2025-12-31')).toEqual(['2026-02', '2026-01', '2025-12']);
});

function namesIn(text: string): string[] {
  return locateWords(text).map(({ start, end }) => text.slice(start, end));
}

test('names that stand where names stand are marked', () => {
  expect(namesIn('青山镇民政助理张建国在2026年3月违规办理低保。')).toEqual(['张建国']);
  expect(namesIn('村民李四、王小二和欧阳晓岚三户没有纳入。')).toEqual([
    '李四',
    '王小二',
    '欧阳晓岚',
  ]);
  expect(namesIn('对村会计刘福贵等3人立案，给予赵大力党内警告处分。')).toEqual([
    '刘福贵',
    '赵大力',
  ]);
});

test('a surname with 某 is no name, nor are words that begin like one', () => {
  expect(namesIn('张某、李某某和欧阳某隐瞒收入，对王某甲批评教育。')).toEqual([]);
  expect(
    namesIn('任何人不得例外，严重违反纪律，由民政局安排核查，金额较大，方案已报县委。'),
  ).toEqual([]);
});

test('addresses, illnesses and ages are marked', () => {
  const kinds = locateWords('家住三组的周某患有精神病，其未成年子女8岁。').map(({ kind }) => kind);
  expect(new Set(kinds)).toEqual(new Set(['address', 'health', 'age']));
});

test('a text cut at its spots is the same text', () => {
  const spot = fc.record({
    kind: fc.constantFrom(...codesOf(SPOT_KINDS)),
    start: fc.nat(40),
    end: fc.nat(40),
  });
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.array(spot, { maxLength: 5 }), (text, found) => {
      const spots = found.map((each) => ({
        ...each,
        start: Math.min(each.start, each.end, text.length),
        end: Math.min(Math.max(each.start, each.end), text.length),
      }));
      expect(
        cutAtSpots(text, spots)
          .map((segment) => segment.text)
          .join(''),
      ).toBe(text);
    }),
  );
});
