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

test('what is committed together succeeds and fails one by one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  const store = openStore(join(folder, 'portal.db'), { synchronous: 'OFF' });
  const nonces = ['a', 'b', 'a', 'fails', 'c'];
  const outcomes = await Promise.allSettled(
    nonces.map((nonce, index) =>
      store.transaction(async (tx) => {
        await tx.insert(tx.t.usedProof).values({ nonce, expiresAt: index });
        if (nonce === 'fails') throw new Error('after its write');
        return nonce;
      }),
    ),
  );
  const stored = await store.select().from(store.t.usedProof).orderBy(store.t.usedProof.nonce);
  await store.close();
  rmSync(folder, { recursive: true });
  expect(outcomes.map((outcome) => outcome.status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'rejected',
    'fulfilled',
  ]);
  expect(outcomes[2]).toMatchObject({ reason: { name: 'StoreError', code: 'unique' } });
  expect(outcomes[3]).toMatchObject({ reason: { message: 'after its write' } });
  expect(stored.map(({ nonce, expiresAt }) => [nonce, expiresAt])).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 4],
  ]);
});
