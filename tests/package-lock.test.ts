import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Lock = { packages: Record<string, { gypfile?: boolean; resolved?: string }> };
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;

// Its own package.json says the same, but npm 9 and 10 look into the lock file only.
test('no npm compiles better-sqlite3, which carries its binaries', () => {
  expect(packages['node_modules/better-sqlite3']?.gypfile).toBe(false);
});

test('the lock file names no registry, so that a mirror serves as well', () => {
  expect(Object.values(packages).filter((entry) => entry.resolved !== undefined)).toEqual([]);
});
