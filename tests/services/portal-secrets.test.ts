import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSecrets } from '#services/portal-secrets.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';

const keyFile = ({ context }: FreshPortal, name: string) => join(context.config.secretsDir, name);
const markerFile = ({ context }: FreshPortal) => join(context.config.dataDir, 'portal.json');

/** As a portal stands that was set up before receipts were signed. */
function makeOlder(portal: FreshPortal): void {
  rmSync(keyFile(portal, 'receipt.key'));
  writeFileSync(markerFile(portal), '{"kind":"real","createdOn":"2026-11-01"}\n');
}

test('a secret that an older portal never had is made once, and the others stay', async () => {
  await using portal = await createPortal();
  makeOlder(portal);
  const before = readFileSync(keyFile(portal, 'sameness.key'), 'utf8');
  const secrets = openSecrets(portal.context.config);
  expect(secrets.mac('receipt', 'a')).toEqual(
    openSecrets(portal.context.config).mac('receipt', 'a'),
  );
  expect(readFileSync(keyFile(portal, 'sameness.key'), 'utf8')).toBe(before);
  expect(JSON.parse(readFileSync(markerFile(portal), 'utf8'))).toMatchObject({ kind: 'real' });
});

test('a secret that something was made with is never made anew', async () => {
  await using portal = await createPortal();
  makeOlder(portal);
  openSecrets(portal.context.config);
  rmSync(keyFile(portal, 'receipt.key'));
  expect(() => openSecrets(portal.context.config)).toThrow(/receipt\.key is missing/);
  expect(existsSync(keyFile(portal, 'receipt.key'))).toBe(false);
});

test('a portal that was set up with all its secrets misses a lost one', async () => {
  await using portal = await createPortal();
  rmSync(keyFile(portal, 'receipt.key'));
  expect(() => openSecrets(portal.context.config)).toThrow(/receipt\.key is missing/);
});

test('in a folder of secrets that is not the portal’s nothing is made', async () => {
  await using portal = await createPortal();
  makeOlder(portal);
  const secretsDir = join(portal.root, 'mistyped');
  expect(() => openSecrets({ ...portal.context.config, secretsDir })).toThrow(/is missing/);
  expect(existsSync(secretsDir)).toBe(false);
});
