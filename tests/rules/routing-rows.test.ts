import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { editRouting } from '#rules/routing-edit.ts';
import {
  ACCUSED_LABELS,
  DESTINATION_LABELS,
  FLOORS,
  findUnsafeRows,
  RoutingRows,
} from '#rules/routing-rows.ts';
import { DESTINATIONS, ROUTING, type RoutingRow } from '#rules/routing-table.ts';
import { arrivalDesk, proposeDestination } from '#rules/routing.ts';
import type { AccusedRole } from '#rules/subjects.ts';
import {
  codesOf,
  MATTERS,
  PETITION_CLASSES,
  PROBLEM_TYPES,
  SUBJECT_ROLES,
} from '#rules/vocabulary.ts';
import { BODIES, factsWith, IN_A1 } from '#support/county-bodies.ts';

const LAST: RoutingRow = { accused: 'any', matters: 'any', to: 'bureau', basis: '其余' };
const SENIORS = ROUTING.slice(0, 3);

/** A table of any rows at all, unconditional floors first so that some of them are safe. */
const anyRow: fc.Arbitrary<RoutingRow> = fc.record(
  {
    accused: fc.oneof(
      fc.constant('any' as const),
      fc.uniqueArray(fc.constantFrom(...codesOf(ACCUSED_LABELS)), { minLength: 1, maxLength: 3 }),
    ),
    matters: fc.oneof(
      fc.constant('any' as const),
      fc.uniqueArray(fc.constantFrom(...MATTERS), { minLength: 1, maxLength: 2 }),
    ),
    classes: fc.uniqueArray(fc.constantFrom(...codesOf(PETITION_CLASSES)), { minLength: 1 }),
    problems: fc.uniqueArray(fc.constantFrom(...codesOf(PROBLEM_TYPES)), { minLength: 1 }),
    unlessTownshipDecides: fc.constant(true as const),
    to: fc.constantFrom(...codesOf(DESTINATION_LABELS)),
    basis: fc.constant('依据'),
  },
  { requiredKeys: ['accused', 'matters', 'to', 'basis'] },
);
const anyTable = fc
  .tuple(fc.boolean(), fc.array(anyRow, { maxLength: 6 }), fc.constantFrom(true, true, false))
  .map(([seniors, rows, last]) => [...(seniors ? SENIORS : []), ...rows, ...(last ? [LAST] : [])]);
const anyFacts = fc.record({
  class: fc.constantFrom(...codesOf(PETITION_CLASSES)),
  problemTypes: fc.array(fc.constantFrom(...codesOf(PROBLEM_TYPES)), {
    minLength: 1,
    maxLength: 3,
  }),
  subjects: fc.array(
    fc.record({
      role: fc.constantFrom(...codesOf(SUBJECT_ROLES)),
      bodyCode: fc.constantFrom(null, ...BODIES.map((each) => each.code)),
    }),
    { maxLength: 3 },
  ),
  placePath: fc.constantFrom(IN_A1, ['b', 'county']),
});

test('the table that ships is safe and passes its own schema', () => {
  expect(findUnsafeRows(ROUTING)).toEqual([]);
  expect(RoutingRows.safeParse(ROUTING).success).toBe(true);
});

test('whatever table passes, nobody protected by a floor is sent below it', () => {
  let safe = 0;
  fc.assert(
    fc.property(anyTable, anyFacts, fc.boolean(), (table, facts, townshipRefused) => {
      if (!RoutingRows.safeParse(table).success) return;
      safe += 1;
      for (const role of Object.keys(FLOORS) as AccusedRole[]) {
        const subjects = [...facts.subjects, { role: role as keyof typeof SUBJECT_ROLES }];
        const lead = { ...facts, subjects, townshipRefused };
        const { kind } = proposeDestination(lead, BODIES, { confirmedBy: 'county' }, [], table);
        expect(DESTINATIONS.indexOf(kind)).toBeLessThanOrEqual(
          DESTINATIONS.indexOf(FLOORS[role] ?? 'township'),
        );
      }
    }),
    { numRuns: 3000 },
  );
  expect(safe).toBeGreaterThan(100);
});

test('whatever table passes, every lead gets a row and no excluded body', () => {
  fc.assert(
    fc.property(anyTable, anyFacts, (table, facts) => {
      if (!RoutingRows.safeParse(table).success) return;
      const { excluded } = arrivalDesk(facts, BODIES);
      const settings = { confirmedBy: 'county' } as const;
      const proposal = proposeDestination(facts, BODIES, settings, excluded, table);
      expect(proposal.rows.length).toBeGreaterThan(0);
      expect(excluded).not.toContain(proposal.bodyCode);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['without a last row that takes all', [...SENIORS], 2, '去处'],
  ['with a row that takes all before the last', [LAST, LAST], 0, '只能放在最后'],
  [
    'that sends bureau staff to the bureau for their attitude',
    [{ accused: ['CIVIL_STAFF'], matters: ['conduct'], to: 'bureau', basis: '局内办理' }],
    0,
    '民政部门干部职工',
  ],
  [
    'that sends a county leader to the discipline body of the county',
    [{ accused: 'any', matters: ['aid'], to: 'discipline', basis: '本级' }],
    0,
    '县级领导',
  ],
] satisfies [string, RoutingRow[], number, string][])(
  'a table %s is refused, with the row',
  (_, rows, at, words) => {
    const whole = rows.at(-1) === LAST || rows.length === 3 ? rows : [...rows, ...SENIORS, LAST];
    expect(findUnsafeRows(whole)).toContainEqual({ at, message: expect.stringContaining(words) });
    expect(RoutingRows.safeParse(whole).success).toBe(false);
  },
);

test('a row behind one that always decides is of no consequence and stays allowed', () => {
  const behind: RoutingRow = { ...LAST, accused: ['CIVIL_STAFF', 'TOWN_HANDLER'], to: 'bureau' };
  expect(findUnsafeRows([...SENIORS, behind, LAST])).toEqual([]);
});

test('rows move, go, come and change, and a move over the edge changes nothing', () => {
  const [a, b, c] = SENIORS as [RoutingRow, RoutingRow, RoutingRow];
  expect(editRouting([a, b, c], { kind: 'up', at: 2 })).toEqual([a, c, b]);
  expect(editRouting([a, b, c], { kind: 'down', at: 0 })).toEqual([b, a, c]);
  expect(editRouting([a, b, c], { kind: 'up', at: 0 })).toEqual([a, b, c]);
  expect(editRouting([a, b, c], { kind: 'down', at: 2 })).toEqual([a, b, c]);
  expect(editRouting([a, b, c], { kind: 'delete', at: 1 })).toEqual([a, c]);
  expect(editRouting([a, b], { kind: 'insert', at: 1, row: c })).toEqual([a, c, b]);
  expect(editRouting([a, b], { kind: 'set', at: 1, row: LAST })).toEqual([a, LAST]);
});

test('an edited table decides, and says by which row', () => {
  const own: RoutingRow = { accused: 'any', matters: ['conduct'], to: 'township', basis: '县规定' };
  const table = [...SENIORS, own, LAST];
  const facts = factsWith({ problemTypes: ['STALL'] });
  const proposal = proposeDestination(facts, BODIES, { confirmedBy: 'county' }, [], table);
  expect(proposal).toMatchObject({ kind: 'township', rows: [4], basis: ['县规定'] });
});
