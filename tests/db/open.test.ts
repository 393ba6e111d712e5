import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '#db/open.ts';

test('nobody but its owner can read the database, its log or its copy', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  const store = openStore(join(folder, 'portal.db'));
  await store.backup(join(folder, 'copy.db'));
  const files = readdirSync(folder);
  const modes = files.map((name) => statSync(join(folder, name)).mode & 0o077);
  await store.close();
  rmSync(folder, { recursive: true });
  expect(files).toEqual(expect.arrayContaining(['portal.db', 'portal.db-wal', 'copy.db']));
  expect(modes).toEqual(files.map(() => 0));
});
