import { expect, test } from 'vitest';
import {
  excludedBodies,
  excludedPersons,
  isSealed,
  matchAccused,
  mentionedStaff,
  nextUpward,
} from '#rules/recusal.ts';
import { scopeOf, superiorsOf, type Body } from '#rules/subjects.ts';
import { SHORT_COUNTY as BODIES } from '#support/county-bodies.ts';

const PLACE = ['v1', 't1', 'county'];
const excluded = (...subjects: Parameters<typeof excludedBodies>[0]) =>
  excludedBodies(subjects, PLACE, BODIES).toSorted();

test('a body’s scope is itself and what lies below, a discipline body’s only itself', () => {
  expect(scopeOf('B', BODIES).toSorted()).toEqual(['B', 'T1', 'T2', 'V1', 'V2']);
  expect(scopeOf('T1', BODIES)).toEqual(['T1', 'V1', 'V2']);
  expect(scopeOf('D', BODIES)).toEqual(['D']);
  expect(superiorsOf('V1', BODIES).map((body) => body.code)).toEqual(['T1', 'B', 'D']);
});

test('a ring of superiors ends', () => {
  const ring: Body[] = [
    { code: 'X', name: '', kind: 'bureau', placeCode: 'x', superiorCode: 'Y' },
    { code: 'Y', name: '', kind: 'bureau', placeCode: 'y', superiorCode: 'X' },
  ];
  expect(scopeOf('X', ring)).toEqual(['X', 'Y']);
  expect(superiorsOf('X', ring).map((body) => body.code)).toEqual(['Y', 'X']);
});

test.each(['RECIPIENT', 'AGENCY_BANK', 'CARE_ORG', 'THIRD_PARTY'] as const)(
  '%s excludes nobody',
  (role) => {
    expect(excluded({ role })).toEqual([]);
    expect(excluded({ role, bodyCode: 'T1' })).toEqual([]);
  },
);

test('nobody accused excludes nobody', () => {
  expect(excluded()).toEqual([]);
});

test.each(['UNKNOWN', 'UNIT_ONLY', 'TOWN_HANDLER', 'TOWN_LEADER', 'VILLAGE_CADRE'] as const)(
  '%s without a body excludes township and village of the place',
  (role) => {
    expect(excluded({ role })).toEqual(['T1', 'V1', 'V2']);
    expect(excluded({ role, bodyCode: 'no such body' })).toEqual(['T1', 'V1', 'V2']);
  },
);

test('a named body is excluded, not the township of the place', () => {
  expect(excluded({ role: 'TOWN_HANDLER', bodyCode: 'T2' })).toEqual(['T2']);
  expect(excluded({ role: 'VILLAGE_CADRE', bodyCode: 'V2' })).toEqual(['V2']);
  expect(excluded({ role: 'TOWN_LEADER', bodyCode: 'T1' })).toEqual(['T1', 'V1', 'V2']);
});

test('bureau staff exclude the bureau, a county leader all that is below it', () => {
  expect(excluded({ role: 'CIVIL_STAFF' })).toEqual(['B']);
  expect(excluded({ role: 'COUNTY_LEADER' })).toEqual(['B', 'T1', 'T2', 'V1', 'V2']);
});

test('the discipline group is excluded only when it or a member is accused', () => {
  expect(excluded({ role: 'COUNTY_LEADER' }, { role: 'CIVIL_STAFF' })).not.toContain('D');
  expect(excluded({ role: 'UNIT_ONLY', bodyCode: 'D' })).toEqual(['D']);
  const members = excludedBodies([{ role: 'CIVIL_STAFF' }], PLACE, BODIES, ['D', 'T2']);
  expect(members.toSorted()).toEqual(['B', 'D']);
});

test('a lead is sealed for a county leader or an excluded bureau', () => {
  expect(isSealed([{ role: 'COUNTY_LEADER' }], [], BODIES)).toBe(true);
  expect(isSealed([{ role: 'CIVIL_STAFF' }], ['B'], BODIES)).toBe(true);
  expect(isSealed([{ role: 'TOWN_LEADER' }], ['T1'], BODIES)).toBe(false);
});

test('upward skips whoever is excluded', () => {
  expect(nextUpward('V1', ['T1'], BODIES)).toBe('B');
  expect(nextUpward('T1', ['B'], BODIES)).toBe('D');
  expect(nextUpward('B', ['D'], BODIES)).toBeNull();
});

const STAFF = [
  { personId: 'p1', name: '张三丰', bodyCodes: ['T1'] },
  { personId: 'p2', name: '张三丰', bodyCodes: ['B'] },
  { personId: 'p3', name: '阿依古丽·买买提', bodyCodes: ['T2'] },
];

test('accused names are matched however they are spelt', () => {
  expect(matchAccused([{ name: ' 张 三　丰 ' }], STAFF)).toEqual(['p1', 'p2']);
  expect(matchAccused([{ name: '阿依古丽•买买提' }], STAFF)).toEqual(['p3']);
  const copied = { personId: 'p4', name: '马长青', bodyCodes: ['T1'] };
  expect(matchAccused([{ name: '⻢⻓⻘' }], [copied])).toEqual(['p4']);
  expect(matchAccused([{ name: '' }, { name: '李四' }, {}], STAFF)).toEqual([]);
});

test('a body narrows a name, but a wrong body does not hide anyone', () => {
  expect(matchAccused([{ name: '张三丰', bodyCode: 'T1' }], STAFF)).toEqual(['p1']);
  expect(matchAccused([{ name: '张三丰', bodyCode: 'T2' }], STAFF)).toEqual(['p1', 'p2']);
});

test.each([
  ['民政所张三丰', ['p1', 'p2']],
  ['张三丰所长', ['p1', 'p2']],
  ['所长 张 三 丰、阿依古丽·买买提', ['p1', 'p2', 'p3']],
  ['张三', []],
  ['所长', []],
])('%s speaks of the staff whose whole name stands in it', (name, persons) => {
  expect(matchAccused([{ name }], STAFF)).toEqual([]);
  expect(mentionedStaff([{ name }], STAFF)).toEqual(persons);
});

test('a name that somebody bears speaks of nobody else', () => {
  const staff = [...STAFF, { personId: 'p4', name: '三丰', bodyCodes: [] }];
  expect(mentionedStaff([{ name: '张三丰' }], staff)).toEqual([]);
  expect(mentionedStaff([{ name: '张三丰' }, { name: '李三丰' }], staff)).toEqual(['p4']);
  expect(
    mentionedStaff([{ name: '丰收' }], [{ personId: 'p5', name: '丰', bodyCodes: [] }]),
  ).toEqual([]);
});

test('declared interests join the accused', () => {
  expect(excludedPersons([{ name: '张三丰', bodyCode: 'B' }], STAFF, ['p9', 'p2'])).toEqual([
    'p2',
    'p9',
  ]);
});
