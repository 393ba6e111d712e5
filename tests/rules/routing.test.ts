import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excludedBodies } from '#rules/recusal.ts';
import { DESTINATIONS } from '#rules/routing-table.ts';
import {
  arrivalDesk,
  isMajor,
  matterOf,
  proposeDestination,
  type RoutingFacts,
} from '#rules/routing.ts';
import type { Body, Subject } from '#rules/subjects.ts';
import { codesOf, PETITION_CLASSES, PROBLEM_TYPES, SUBJECT_ROLES } from '#rules/vocabulary.ts';

const body = (
  code: string,
  kind: Body['kind'],
  placeCode: string,
  superiorCode: string | null,
): Body => ({ code, name: code, kind, placeCode, superiorCode });

const BODIES: Body[] = [
  body('city-discipline', 'discipline', 'city', null),
  body('discipline', 'discipline', 'county', 'city-discipline'),
  body('bureau', 'bureau', 'county', 'discipline'),
  body('town-a', 'township', 'a', 'bureau'),
  body('town-b', 'township', 'b', 'bureau'),
  body('village-a1', 'village', 'a1', 'town-a'),
  body('village-a2', 'village', 'a2', 'town-a'),
];
const IN_A1 = ['a1', 'a', 'county'];
const COUNTY = { confirmedBy: 'county' } as const;

const facts = (given: Partial<RoutingFacts>): RoutingFacts => ({
  class: 'REPORT',
  problemTypes: ['STALL'],
  subjects: [],
  placePath: IN_A1,
  ...given,
});
const propose = (
  given: Partial<RoutingFacts>,
  settings: typeof COUNTY | { confirmedBy: 'township' } = COUNTY,
) => proposeDestination(facts(given), BODIES, settings);

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

test('the most severe matter wins, and OTHER counts as discipline', () => {
  expect(matterOf(['PHONE', 'STALL', 'LOUBAO'])).toBe('conduct');
  expect(matterOf(['LOUBAO', 'EMBEZ'])).toBe('discipline');
  expect(matterOf(['OTHER'])).toBe('discipline');
  expect(matterOf(['PHONE'])).toBe('phone');
  expect(matterOf(['OVERPUB'])).toBe('overpub');
});

test.each([
  ['a county leader', { subjects: [{ role: 'COUNTY_LEADER' }] }, 'superior', 'city-discipline'],
  [
    'bureau staff, even for attitude',
    { subjects: [{ role: 'CIVIL_STAFF' }], problemTypes: ['ATTITUDE'] },
    'discipline',
    'discipline',
  ],
  [
    'a township leader',
    { subjects: [{ role: 'TOWN_LEADER', bodyCode: 'town-a' }] },
    'discipline',
    'discipline',
  ],
  [
    'a case worker who takes money',
    { subjects: [{ role: 'TOWN_HANDLER', bodyCode: 'town-a' }], problemTypes: ['EXTORT'] },
    'discipline',
    'discipline',
  ],
  [
    'a case worker who stalls',
    { subjects: [{ role: 'TOWN_HANDLER', bodyCode: 'town-a' }] },
    'bureau',
    'bureau',
  ],
  [
    'a village cadre who favours relatives',
    { subjects: [{ role: 'VILLAGE_CADRE', bodyCode: 'village-a1' }], problemTypes: ['NEPOT'] },
    'discipline',
    'discipline',
  ],
  [
    'a village that posts no notice',
    { subjects: [{ role: 'VILLAGE_CADRE', bodyCode: 'village-a1' }], problemTypes: ['NOPUB'] },
    'township',
    'town-a',
  ],
  [
    'a village cadre whose village is not named',
    { subjects: [{ role: 'VILLAGE_CADRE' }], problemTypes: ['NOPUB'] },
    'bureau',
    'bureau',
  ],
  [
    'a recipient who cheats',
    { subjects: [{ role: 'RECIPIENT' }], problemTypes: ['CHEAT'] },
    'township',
    'town-a',
  ],
  [
    'an appeal against omission',
    { class: 'APPEAL', problemTypes: ['LOUBAO'] },
    'township',
    'town-a',
  ],
  [
    'an appeal that the township refused',
    { class: 'APPEAL', problemTypes: ['LOUBAO'], townshipRefused: true },
    'bureau',
    'bureau',
  ],
  [
    'an appeal against the unit',
    { class: 'APPEAL', problemTypes: ['STD'], subjects: [{ role: 'UNIT_ONLY' }] },
    'bureau',
    'bureau',
  ],
  [
    'an objection to a notice',
    { class: 'NOTICE_OBJ', problemTypes: ['CUOBAO'], subjects: [{ role: 'RECIPIENT' }] },
    'township',
    'town-a',
  ],
  [
    'an objection that implicates the township',
    { class: 'NOTICE_OBJ', subjects: [{ role: 'TOWN_HANDLER', bodyCode: 'town-a' }] },
    'bureau',
    'bureau',
  ],
  ['a hotline not answered', { problemTypes: ['PHONE'] }, 'bureau', 'bureau'],
  ['over-disclosure', { class: 'HELP', problemTypes: ['OVERPUB'] }, 'bureau', 'bureau'],
  ['a bank', { subjects: [{ role: 'AGENCY_BANK' }], problemTypes: ['PAY'] }, 'bureau', 'bureau'],
  ['anything else', { problemTypes: ['EMBEZ'] }, 'bureau', 'bureau'],
] satisfies [string, Partial<RoutingFacts>, string, string][])(
  '%s goes to %s',
  (_, given, kind, bodyCode) => {
    expect(propose(given)).toMatchObject({ kind, bodyCode });
  },
);

test('where the township confirms grants, appeals go to the county', () => {
  const proposal = propose(
    { class: 'APPEAL', problemTypes: ['TUOBAO'] },
    { confirmedBy: 'township' },
  );
  expect(proposal).toMatchObject({ kind: 'bureau', bodyCode: 'bureau', lifted: false });
});

test('a destination that is excluded is lifted upward, and says so', () => {
  const unknown = propose({
    class: 'APPEAL',
    problemTypes: ['STD'],
    subjects: [{ role: 'UNIT_ONLY' }],
  });
  expect(unknown.lifted).toBe(true);
});

test('a county leader without a superior body in the portal names none', () => {
  const alone = BODIES.filter((each) => each.code !== 'city-discipline');
  const proposal = proposeDestination(
    facts({ subjects: [{ role: 'COUNTY_LEADER' }] }),
    alone,
    COUNTY,
  );
  expect(proposal).toMatchObject({ kind: 'superior', bodyCode: null });
});

test('a complaint arrives at the bureau, with the discipline group in reserve', () => {
  expect(
    arrivalDesk(facts({ subjects: [{ role: 'TOWN_HANDLER', bodyCode: 'town-a' }] }), BODIES),
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
    const arrival = arrivalDesk(facts({ subjects: [{ role }] }), BODIES);
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
    facts({ subjects: [{ role: 'UNIT_ONLY', bodyCode: 'bureau' }] }),
    BODIES,
  );
  expect(arrival).toMatchObject({ bodyCode: 'discipline', sealed: true });
});

test('with a member of the discipline group accused too, it arrives above', () => {
  const subjects: Subject[] = [{ role: 'CIVIL_STAFF' }];
  expect(arrivalDesk(facts({ subjects }), BODIES, ['discipline'])).toMatchObject({
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
