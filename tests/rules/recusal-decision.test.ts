import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { refuseRecusalBy } from '#rules/recusal-decision.ts';
import { ROLES, type RoleCode } from '#rules/roles.ts';
import { codesOf } from '#rules/vocabulary.ts';

const person = (personId: string, ...roles: RoleCode[]) => ({ personId, roles });

test.each([
  ['handler', 'section_chief', true],
  ['township_user', 'section_chief', true],
  ['handler', 'triage_officer', false],
  ['section_chief', 'section_chief', false],
  ['section_chief', 'bureau_leader', true],
  ['bureau_leader', 'section_chief', false],
  ['bureau_leader', 'bureau_leader', false],
  ['bureau_leader', 'discipline_liaison', true],
  ['discipline_liaison', 'discipline_liaison', true],
  ['discipline_liaison', 'bureau_leader', false],
] as const)('the recusal of a %s decided by a %s: %s', (of, by, may) => {
  expect(refuseRecusalBy(person('b', by), person('a', of)) === null).toBe(may);
});

test('nobody decides on their own recusal, and one who holds a higher post too is judged by it', () => {
  const roles = fc.uniqueArray(fc.constantFrom(...codesOf(ROLES)), { minLength: 1 });
  fc.assert(
    fc.property(roles, roles, (own, other) => {
      expect(
        refuseRecusalBy({ personId: 'a', roles: own }, { personId: 'a', roles: own }),
      ).not.toBe(null);
      const target = { personId: 'a', roles: [...own, 'bureau_leader' as const] };
      const decider = {
        personId: 'b',
        roles: other.filter((role) => role !== 'discipline_liaison'),
      };
      expect(refuseRecusalBy(decider, target)).not.toBe(null);
    }),
  );
});
