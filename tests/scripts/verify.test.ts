import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
// Tampering goes past the store.
// oxlint-disable-next-line no-restricted-imports
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { publish } from '#publishing/publish.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { csvOf, decideList, idOf, uploadBatchId } from '#support/lists.ts';
import { runScript } from '#support/run-script.ts';

function run(portal: FreshPortal) {
  return runScript('verify', [], portal.context.config);
}

/** Three links: the set-up, an upload, a decision. */
async function writeEntries(portal: FreshPortal) {
  const file = csvOf([{ village: '柳树村', name: '陆秋实', id: idOf('19570303') }]);
  const cookie = await portal.signIn('publisher');
  const id = await uploadBatchId(portal, cookie, { file, fileName: 'list.csv' });
  await decideList(portal, await portal.signIn('reviewer'), id, 'approve');
}

/** Does what no code of the portal can: writes past the store. */
async function tamper(portal: FreshPortal, statements: string) {
  await portal.context.db.close();
  const raw = new Database(join(portal.context.config.dataDir, 'portal.db'));
  raw.exec(statements);
  raw.close();
}

test('an audit entry can neither be changed, replaced nor deleted', async () => {
  await using portal = await createPortal();
  const raw = new Database(join(portal.context.config.dataDir, 'portal.db'));
  const update = () => raw.exec("UPDATE audit_entry SET action = 'x' WHERE seq = 1");
  expect(update).toThrow('append-only');
  expect(() => raw.exec('DELETE FROM audit_entry')).toThrow('append-only');
  const replace = 'INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE seq = 1';
  expect(() => raw.exec(replace)).toThrow('append-only');
  raw.close();
});

test('an untouched portal verifies', async () => {
  await using portal = await createPortal();
  const { code, stdout } = await run(portal);
  expect(stdout).toContain('audit chain holds');
  expect(code).toBe(0);
});

test('with the trigger dropped and one byte changed, verify names the entry and fails', async () => {
  await using portal = await createPortal();
  await writeEntries(portal);
  await tamper(
    portal,
    `DROP TRIGGER audit_entry_no_update;
     UPDATE audit_entry SET body_code = coalesce(body_code, '') || 'x' WHERE seq = 2;`,
  );
  const { code, stderr } = await run(portal);
  expect(stderr).toContain('broken at 2');
  expect(code).toBe(1);
});

test('an entry taken out of the middle is found', async () => {
  await using portal = await createPortal();
  await writeEntries(portal);
  await tamper(
    portal,
    'DROP TRIGGER audit_entry_no_delete; DELETE FROM audit_entry WHERE seq = 2;',
  );
  const { code, stderr } = await run(portal);
  expect(stderr).toContain('audit entry 2 is missing');
  expect(code).toBe(1);
});

test('a chain shorter than its published head is found', async () => {
  await using portal = await createPortal();
  await writeEntries(portal);
  const { dataDir } = portal.context.config;
  const entries = await portal.context.db.select().from(portal.context.db.t.auditEntry);
  const last = entries.at(-1);
  const head = { seq: last?.seq, hash: last?.hash, onDate: last?.onDate };
  mkdirSync(join(dataDir, 'public'));
  writeFileSync(join(dataDir, 'public/head.json'), JSON.stringify(head));
  await tamper(
    portal,
    `DROP TRIGGER audit_entry_no_delete; DELETE FROM audit_entry WHERE seq = ${last?.seq};`,
  );
  const { code, stderr } = await run(portal);
  expect(stderr).toContain('entries are missing');
  expect(code).toBe(1);
});

test('a public file changed after its publication is found', async () => {
  await using portal = await createPortal();
  await publish(portal.context);
  expect(await run(portal)).toMatchObject({ code: 0 });
  const file = join(portal.context.config.dataDir, 'public/standards.json');
  writeFileSync(file, `${readFileSync(file, 'utf8')} `);
  const { code, stderr } = await run(portal);
  expect(stderr).toContain('standards.json is missing or was changed');
  expect(code).toBe(1);
});

test('a link taken out of the chain of publications is found', async () => {
  await using portal = await createPortal();
  await publish(portal.context);
  const chain = join(portal.context.config.dataDir, 'public/chain.jsonl');
  writeFileSync(chain, '');
  const { code, stderr } = await run(portal);
  expect(stderr).toContain('not the last publication of the chain');
  expect(code).toBe(1);
});
