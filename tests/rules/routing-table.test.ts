import { expect, test } from 'vitest';
import { matterOf, proposeDestination, type RoutingFacts } from '#rules/routing.ts';
import { BODIES, COUNTY, factsWith, propose } from '#support/county-bodies.ts';

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
    factsWith({ subjects: [{ role: 'COUNTY_LEADER' }] }),
    alone,
    COUNTY,
  );
  expect(proposal).toMatchObject({ kind: 'superior', bodyCode: null });
});
