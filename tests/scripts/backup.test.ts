import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { create, extract } from 'tar';
import { expect, test } from 'vitest';
import { openStore } from '#db/open.ts';
import { readAuditHead } from '#db/queries/audit.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { decideList, readSpecimen, uploadBatchId } from '#support/lists.ts';
import { runScript } from '#support/run-script.ts';

/** A list that was approved. */
async function addList(portal: FreshPortal): Promise<string> {
  const file = readSpecimen('layout-a-households.xlsx');
  const id = await uploadBatchId(portal, await portal.signIn('publisher'), { file });
  await decideList(portal, await portal.signIn('reviewer'), id, 'approve');
  return id;
}

/** The portal's backup; `restored` is an empty folder with the portal's secrets. */
async function backUp(portal: FreshPortal) {
  const file = join(portal.root, 'backup.tar.gz');
  const made = await runScript('backup', [file], portal.context.config);
  const dataDir = join(portal.root, 'restored');
  return { file, made, restored: { dataDir, secretsDir: portal.context.config.secretsDir } };
}

test('a backup of the running portal restores to one that verifies with the same head', async () => {
  await using portal = await createPortal();
  const id = await addList(portal);
  const { file, made, restored } = await backUp(portal);
  expect(made.code).toBe(0);
  const restore = await runScript('restore', [file], restored);
  expect(restore).toMatchObject({ code: 0, stderr: '' });
  const head = await readAuditHead(portal.context.db);
  const verify = await runScript('verify', [], restored);
  expect(verify.code).toBe(0);
  expect(verify.stdout).toContain(`${head?.seq} entries, head ${head?.hash}`);
  const database = join(restored.dataDir, 'portal.db');
  expect(statSync(database).mode & 0o077).toBe(0);
  const copy = openStore(database);
  expect(await copy.select().from(copy.t.batch)).toMatchObject([{ id, status: 'approved' }]);
  await copy.close();
});

test('a restored portal publishes again what was public, and its chain goes on', async () => {
  await using portal = await createPortal();
  const { config } = portal.context;
  await addList(portal);
  expect(await runScript('publish', [], config)).toMatchObject({ code: 0 });
  const { file, restored } = await backUp(portal);
  await runScript('restore', [file], restored);
  expect(existsSync(join(restored.dataDir, 'site'))).toBe(false);
  const published = await runScript('publish', [], restored);
  expect(published).toMatchObject({ code: 0 });
  for (const path of ['index.html', 'standards/index.html']) {
    const page = join('site', path);
    expect(readFileSync(join(restored.dataDir, page), 'utf8')).toBe(
      readFileSync(join(config.dataDir, page), 'utf8'),
    );
  }
  const verify = await runScript('verify', [], restored);
  expect(verify).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('publications hold: 2'),
  });
});

test('what an unfinished publication left behind is not in a backup', async () => {
  await using portal = await createPortal();
  const { config } = portal.context;
  await runScript('publish', [], config);
  mkdirSync(join(config.dataDir, 'staging'));
  writeFileSync(join(config.dataDir, 'staging', 'page.html'), 'half');
  writeFileSync(join(config.dataDir, '.publishing', 'journal.json'), '{}');
  const { file, made, restored } = await backUp(portal);
  expect(made).toMatchObject({ code: 0, stderr: '' });
  await runScript('restore', [file], restored);
  const [database, ...rest] = readdirSync(restored.dataDir);
  expect(database).toBe('portal.db');
  expect(rest.filter((name) => name !== 'portal.json')).toEqual(['public']);
});

test('a backup that cannot be written says why in one sentence', async () => {
  await using portal = await createPortal();
  const { config } = portal.context;
  writeFileSync(join(portal.root, 'file'), '');
  const made = await runScript('backup', [join(portal.root, 'file', 'backup.tar.gz')], config);
  expect(made).toMatchObject({ code: 1, stdout: '' });
  expect(made.stderr.trim().split('\n')).toHaveLength(1);
  expect(made.stderr).toContain('ENOTDIR');
});

test('a database that cannot be opened is named, with what to look for', async () => {
  await using portal = await createPortal();
  const dataDir = join(portal.root, 'other');
  mkdirSync(join(dataDir, 'portal.db'), { recursive: true });
  const { secretsDir } = portal.context.config;
  for (const script of ['verify', 'publish', 'backup']) {
    const { code, stderr } = await runScript(script, ['x.tar.gz'], { dataDir, secretsDir });
    expect(code).toBe(1);
    expect(stderr).toContain(`${join(dataDir, 'portal.db')} cannot be opened`);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  }
});

test('a backup holds no secret and names those that must be kept beside it', async () => {
  await using portal = await createPortal();
  const { file, made } = await backUp(portal);
  expect(made.stdout).toContain('household-id.key');
  const bytes = gunzipSync(readFileSync(file));
  const { secretsDir } = portal.context.config;
  for (const name of readdirSync(secretsDir)) {
    const [, secret = ''] = readFileSync(join(secretsDir, name), 'utf8').trim().split(' ');
    expect(secret).not.toBe('');
    expect(bytes.includes(secret)).toBe(false);
  }
});

test('a second backup replaces the first and leaves nothing else behind', async () => {
  await using portal = await createPortal();
  const { file } = await backUp(portal);
  const again = await runScript('backup', [file], portal.context.config);
  expect(again.code).toBe(0);
  expect(readdirSync(portal.root).filter((name) => name.includes('backup'))).toEqual([
    'backup.tar.gz',
  ]);
});

test('a folder that is not empty is left alone', async () => {
  await using portal = await createPortal();
  const { file, restored } = await backUp(portal);
  mkdirSync(restored.dataDir);
  writeFileSync(join(restored.dataDir, 'other.txt'), 'mine');
  const { code, stderr } = await runScript('restore', [file], restored);
  expect(code).toBe(1);
  expect(stderr).toContain('is not empty');
  expect(readdirSync(restored.dataDir)).toEqual(['other.txt']);
});

test('a backup in which a byte was changed is refused and restores nothing', async () => {
  await using portal = await createPortal();
  const { file, restored } = await backUp(portal);
  const work = await mkdtemp(join(portal.root, 'unpacked-'));
  await extract({ file, cwd: work });
  const database = join(work, 'data/portal.db');
  const bytes = readFileSync(database);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(database, bytes);
  await create({ file, cwd: work, gzip: true }, ['backup.json', 'data']);
  const { code, stderr } = await runScript('restore', [file], restored);
  expect(code).toBe(1);
  expect(stderr).toContain('portal.db was changed');
  expect(readdirSync(restored.dataDir)).toEqual([]);
});

test('a file that is no backup is refused in one sentence', async () => {
  await using portal = await createPortal();
  const { restored } = await backUp(portal);
  const file = join(portal.root, 'other.gz');
  writeFileSync(file, gzipSync('nothing of the kind'));
  const { code, stderr } = await runScript('restore', [file], restored);
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(existsSync(join(restored.dataDir, 'portal.db'))).toBe(false);
});
