import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isVisible, rolesOn, type LeadView, type Viewer } from '#rules/recusal.ts';
import { ROLES, type RoleCode } from '#rules/roles.ts';
import { scopeOf } from '#rules/subjects.ts';
import { SHORT_COUNTY as BODIES } from '#support/county-bodies.ts';

const viewer = (...posts: [string, RoleCode][]): Viewer => ({
  personId: 'me',
  posts: posts.map(([bodyCode, role]) => ({ bodyCode, role, scope: scopeOf(bodyCode, BODIES) })),
});
const view = (given: Partial<LeadView>): LeadView => ({
  standings: ['B'],
  excludedBodies: [],
  personExcluded: false,
  sealed: false,
  isPhone: false,
  assignedTo: [],
  ...given,
});

test('a role sees the leads that its body or one below it holds', () => {
  expect(isVisible(viewer(['B', 'triage_officer']), view({}))).toBe(true);
  expect(isVisible(viewer(['B', 'triage_officer']), view({ standings: ['T1'] }))).toBe(true);
  expect(isVisible(viewer(['T1', 'township_user']), view({}))).toBe(false);
  expect(isVisible(viewer(['T1', 'township_user']), view({ standings: ['B', 'T1'] }))).toBe(true);
  expect(isVisible(viewer(['T2', 'township_user']), view({ standings: ['T1'] }))).toBe(false);
  expect(isVisible(viewer(['D', 'discipline_liaison']), view({}))).toBe(false);
});

test('case workers see what is assigned to them, the hotline manager calls not answered', () => {
  expect(isVisible(viewer(['B', 'handler']), view({}))).toBe(false);
  expect(isVisible(viewer(['B', 'handler']), view({ assignedTo: ['me'] }))).toBe(true);
  expect(isVisible(viewer(['B', 'hotline_manager']), view({}))).toBe(false);
  expect(isVisible(viewer(['B', 'hotline_manager']), view({ isPhone: true }))).toBe(true);
});

test('a sealed lead is seen by the liaison alone', () => {
  const sealed = view({ sealed: true, standings: ['D', 'B'] });
  expect(isVisible(viewer(['B', 'bureau_leader']), sealed)).toBe(false);
  expect(isVisible(viewer(['D', 'discipline_liaison']), sealed)).toBe(true);
});

test('exclusion binds the person: one post at an excluded body hides it from all posts', () => {
  const two = viewer(['B', 'section_chief'], ['T1', 'township_user']);
  expect(isVisible(two, view({}))).toBe(true);
  expect(isVisible(two, view({ excludedBodies: ['T1'] }))).toBe(false);
  expect(rolesOn(two, view({ excludedBodies: ['T1'] }))).toEqual([]);
});

test('a person acts with the roles of the posts that reach the lead', () => {
  const two = viewer(['B', 'section_chief'], ['T2', 'township_user']);
  expect(rolesOn(two, view({}))).toEqual(['section_chief']);
  expect(rolesOn(two, view({ standings: ['T2'] }))).toEqual(['section_chief', 'township_user']);
});

const anyPosts = fc.array(
  fc.tuple(
    fc.constantFrom(...BODIES.map((body) => body.code)),
    fc.constantFrom(...(Object.keys(ROLES) as RoleCode[])),
  ),
  { maxLength: 4 },
);
const anyView: fc.Arbitrary<LeadView> = fc.record({
  standings: fc.subarray(BODIES.map((body) => body.code)),
  excludedBodies: fc.subarray(BODIES.map((body) => body.code)),
  personExcluded: fc.boolean(),
  sealed: fc.boolean(),
  isPhone: fc.boolean(),
  assignedTo: fc.subarray(['me', 'other']),
});

test('nobody excluded ever sees a lead, whatever posts they hold', () => {
  fc.assert(
    fc.property(anyPosts, anyView, (posts, lead) => {
      const barred =
        lead.personExcluded || posts.some(([code]) => lead.excludedBodies.includes(code));
      fc.pre(barred);
      expect(isVisible(viewer(...posts), lead)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test('roles without leads see none', () => {
  const blind = (Object.keys(ROLES) as RoleCode[]).filter((code) => ROLES[code].leads === 'none');
  fc.assert(
    fc.property(fc.constantFrom(...blind), anyView, (role, lead) => {
      expect(isVisible(viewer(['B', role]), lead)).toBe(false);
    }),
  );
});
