import { expect, test } from 'vitest';
import { ADMINISTRATORS, APART, carriesBodyKey, findPostConflict } from '#rules/post-conflicts.ts';
import { ROLES } from '#rules/roles.ts';
import type { RoleCode } from '#rules/roles.ts';

const codes = Object.keys(ROLES) as RoleCode[];
const FROM = '2026-01-01';

test('no administrator holds a role that opens what is sealed, nor another administrator’s', () => {
  for (const role of ADMINISTRATORS) {
    const apart = codes.filter((other) => APART[role].includes(other));
    const opening = codes.filter(carriesBodyKey);
    const others = ADMINISTRATORS.filter((other) => other !== role);
    expect(new Set(apart)).toEqual(new Set([...opening, ...others]));
    expect(carriesBodyKey(role)).toBe(false);
  }
});

test('roles that do work are not kept apart by this table', () => {
  for (const role of codes.filter(carriesBodyKey)) {
    expect(new Set(APART[role])).toEqual(new Set(ADMINISTRATORS));
  }
});

test('the refusal counts only for days on which both would be held', () => {
  const held = [{ role: 'security_admin', startsOn: FROM, endsOn: '2026-06-01' }] as const;
  const wanted = { role: 'triage_officer', endsOn: null } as const;
  expect(findPostConflict(held, { ...wanted, startsOn: '2026-05-31' })).toContain('同一人');
  expect(findPostConflict(held, { ...wanted, startsOn: '2026-06-01' })).toBeNull();
  expect(findPostConflict(held, { ...wanted, startsOn: '2025-01-01' })).toContain('安全管理员');
  expect(findPostConflict([], { ...wanted, startsOn: FROM })).toBeNull();
});
