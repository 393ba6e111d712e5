import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { excludedBodies } from '#rules/recusal.ts';
import { DESTINATIONS } from '#rules/routing-table.ts';
import { arrivalDesk, isMajor, proposeDestination, type RoutingFacts } from '#rules/routing.ts';
import type { Subject } from '#rules/subjects.ts';
import { codesOf, PETITION_CLASSES, PROBLEM_TYPES, SUBJECT_ROLES } from '#rules/vocabulary.ts';
import { BODIES, COUNTY, IN_A1, factsWith, propose } from '#support/county-bodies.ts';

const subject: fc.Arbitrary<Subject> = fc.record({
  role: fc.constantFrom(...codesOf(SUBJECT_ROLES)),
  bodyCode: fc.constantFrom(null, undefined, 'nowhere', ...BODIES.map((each) => each.code)),
});
const anyFacts: fc.Arbitrary<RoutingFacts> = fc.record({
  class: fc.constantFrom(...codesOf(PETITION_CLASSES)),
  problemTypes: fc.array(fc.constantFrom(...codesOf(PROBLEM_TYPES)), {
    minLength: 1,
    maxLength: 3,
  }),
  subjects: fc.array(subject, { maxLength: 3 }),
  placePath: fc.constantFrom(
    IN_A1,
    ['a', 'county'],
    ['b', 'county'],
    ['county'],
    ['b9', 'b', 'county'],
  ),
});

test('no excluded body is ever proposed or the arrival desk', () => {
  fc.assert(
    fc.property(anyFacts, fc.constantFrom('county', 'township'), (each, confirmedBy) => {
      const excluded = excludedBodies(each.subjects, each.placePath, BODIES);
      const proposal = proposeDestination(each, BODIES, { confirmedBy });
      const arrival = arrivalDesk(each, BODIES);
      expect(excluded).not.toContain(proposal.bodyCode);
      expect(excluded).not.toContain(arrival.bodyCode);
      expect(excluded).not.toContain(arrival.reserveBodyCode);
    }),
    { numRuns: 1000 },
  );
});

test('a township or village is never the arrival desk', () => {
  fc.assert(
    fc.property(anyFacts, (each) => {
      const arrival = arrivalDesk(each, BODIES);
      const kind = BODIES.find((one) => one.code === arrival.bodyCode)?.kind;
      expect(arrival.bodyCode === null || kind === 'bureau' || kind === 'discipline').toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('every lead gets a proposal with a basis', () => {
  fc.assert(
    fc.property(anyFacts, (each) => {
      const proposal = proposeDestination(each, BODIES, COUNTY);
      expect(DESTINATIONS).toContain(proposal.kind);
      expect(proposal.basis.length).toBeGreaterThan(0);
    }),
  );
});

test('one more accused never makes the destination milder', () => {
  fc.assert(
    fc.property(anyFacts, subject, (each, other) => {
      const rank = (subjects: Subject[]) =>
        DESTINATIONS.indexOf(propose({ ...each, subjects }).kind);
      fc.pre(each.subjects.length > 0);
      expect(rank([...each.subjects, other])).toBeLessThanOrEqual(rank([...each.subjects]));
    }),
  );
});

test('with everybody upward accused, a matter belongs above the portal', () => {
  const subjects: Subject[] = [
    { role: 'VILLAGE_CADRE', bodyCode: 'bureau' },
    { role: 'UNIT_ONLY', bodyCode: 'discipline' },
    { role: 'TOWN_HANDLER', bodyCode: 'city-discipline' },
  ];
  const proposal = propose({ class: 'REPORT', problemTypes: ['STD'], subjects });
  expect(proposal).toMatchObject({ kind: 'superior', bodyCode: null });
});

test('a complaint arrives at the bureau, with the discipline group in reserve', () => {
  expect(
    arrivalDesk(factsWith({ subjects: [{ role: 'TOWN_HANDLER', bodyCode: 'town-a' }] }), BODIES),
  ).toEqual({
    bodyCode: 'bureau',
    reserveBodyCode: 'discipline',
    sealed: false,
    excluded: ['town-a', 'village-a1', 'village-a2'],
  });
});

test.each(['CIVIL_STAFF', 'COUNTY_LEADER'] as const)(
  '%s arrives sealed at the discipline group',
  (role) => {
    const arrival = arrivalDesk(factsWith({ subjects: [{ role }] }), BODIES);
    expect(arrival).toMatchObject({
      bodyCode: 'discipline',
      reserveBodyCode: 'city-discipline',
      sealed: true,
    });
    expect(arrival.excluded).toContain('bureau');
  },
);

test('a complaint about the bureau as a unit arrives sealed at the discipline group', () => {
  const arrival = arrivalDesk(
    factsWith({ subjects: [{ role: 'UNIT_ONLY', bodyCode: 'bureau' }] }),
    BODIES,
  );
  expect(arrival).toMatchObject({ bodyCode: 'discipline', sealed: true });
});

test('with a member of the discipline group accused too, it arrives above', () => {
  const subjects: Subject[] = [{ role: 'CIVIL_STAFF' }];
  expect(arrivalDesk(factsWith({ subjects }), BODIES, ['discipline'])).toMatchObject({
    bodyCode: 'city-discipline',
    reserveBodyCode: null,
  });
});

test('what is major', () => {
  expect(isMajor({ problemTypes: ['STALL'] })).toBe(false);
  for (const more of [
    { problemTypes: ['RETAL' as const] },
    { problemTypes: [], amountCents: 1_000_000 },
    { problemTypes: [], households: 3 },
    { problemTypes: [], jointComplainants: 5 },
    { problemTypes: [], repeats: 3 },
    { problemTypes: [], seriousHarm: true },
    { problemTypes: [], source: 'MEDIA' as const },
  ]) {
    expect(isMajor(more)).toBe(true);
  }
  expect(propose({ major: true }).alongside.join()).toContain('专案督办');
});
