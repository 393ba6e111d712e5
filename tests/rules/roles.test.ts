import { expect, test } from 'vitest';
import { mayAt } from '#rules/county-matters.ts';
import { hasCapability, mayHoldAt, ROLES, type RoleCode } from '#rules/roles.ts';

const codes = Object.keys(ROLES) as RoleCode[];

test('who uploads does not review', () => {
  for (const code of codes) {
    expect(hasCapability([code], 'import.upload') && hasCapability([code], 'import.review')).toBe(
      false,
    );
  }
});

test('who keeps accounts, servers or the log sees no lead', () => {
  for (const code of codes) {
    const keeps = hasCapability([code], 'accounts.manage') || hasCapability([code], 'audit.read');
    if (keeps || hasCapability([code], 'system.manage')) {
      expect(ROLES[code].leads).toBe('none');
      expect(hasCapability([code], 'leads.read')).toBe(false);
    }
  }
  expect(codes).toHaveLength(13);
});

test('only the discipline liaison sees sealed leads, at a discipline body only', () => {
  expect(codes.filter((code) => ROLES[code].sealed)).toEqual(['discipline_liaison']);
  expect(mayHoldAt('discipline_liaison', 'bureau')).toBe(false);
});

test('a case worker and a township do not open the reporter', () => {
  expect(hasCapability(['handler', 'township_user'], 'reporter.open')).toBe(false);
});

test('what is decided for the whole county is done from the bureau only', () => {
  expect(mayAt('publisher', 'bureau', 'directory.edit')).toBe(true);
  expect(mayAt('publisher', 'township', 'directory.edit')).toBe(false);
  expect(mayAt('publisher', 'township', 'import.upload')).toBe(true);
  expect(mayAt('security_admin', 'discipline', 'county.manage')).toBe(false);
  expect(mayAt('security_admin', 'discipline', 'accounts.manage')).toBe(true);
});
