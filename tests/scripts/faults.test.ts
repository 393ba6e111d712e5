import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { benchFaults } from '#scripts/bench/faults.ts';
import { COMPLAINT } from '#scripts/bench/complaint.ts';
import { postJson, solveProof } from '#scripts/portal-client.ts';
import { createBackup } from '#services/backup.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { Failure } from '#support/leads.ts';
import { serveFromSmallDisk } from '#support/small-disk.ts';

test('a server that is killed at any moment loses nothing it acknowledged, and keeps nothing twice', async () => {
  const figures = await benchFaults({ kills: 3 });
  expect(figures).toMatchObject({ lost: 0, twice: 0, orphans: 0, wordsFound: 0 });
}, 240_000);

test('a full disk answers 503 with the telephones, and what came before it is still there', async (t) => {
  await using portal = await createPortal();
  await using small = await serveFromSmallDisk(t, portal, 24 * 2 ** 20);
  const { at, call } = small;
  const file = async () =>
    postJson(call, '/api/complaints', { ...COMPLAINT, altcha: await solveProof(call) });
  const before = await file();
  expect(before.status).toBe(201);
  const { queryCode } = (await before.json()) as { queryCode: string };
  const ballast = join(at, 'ballast');
  try {
    writeFileSync(ballast, Buffer.alloc(24 * 2 ** 20));
  } catch {
    // Full, as it should be.
  }
  const refused = await file();
  const { error } = (await refused.json()) as Failure;
  expect({ status: refused.status, ...error }).toMatchObject({
    status: 503,
    code: 'storage-full',
    message: expect.stringContaining('12388'),
  });
  expect((await call('/healthz')).status).toBe(503);
  expect((await postJson(call, '/api/follow-up', { queryCode })).status).toBe(200);
  rmSync(ballast);
  expect((await call('/healthz')).status).toBe(200);
  expect((await file()).status).toBe(201);
}, 120_000);

const listLeft = (root: string) =>
  readdirSync(root).filter((name) => name.startsWith('.backup-work-'));

/** What a backup under way has made so far. */
function listWork(root: string, pid: number): string[] {
  const work = listLeft(root).find((name) => name.startsWith(`.backup-work-${pid}-`));
  return work ? readdirSync(join(root, work)) : [];
}

test('a backup that is killed at any stage leaves the one before it as it was', async () => {
  await using portal = await createPortal();
  const { dataDir, secretsDir } = portal.context.config;
  writeFileSync(join(dataDir, 'ballast'), randomBytes(40 * 2 ** 20));
  const file = join(portal.root, 'backup.tar.gz');
  await createBackup({ ...portal.context, now: 0 }, file);
  const before = readFileSync(file);
  for (const stage of ['data', 'backup.json', 'archive.partial']) {
    const env = { PATH: process.env['PATH'], DATA_DIR: dataDir, SECRETS_DIR: secretsDir };
    const child = spawn(process.execPath, ['scripts/backup.ts', file], { env, stdio: 'ignore' });
    const ended = once(child, 'exit');
    while (!listWork(portal.root, child.pid ?? 0).includes(stage)) await setTimeout(2);
    child.kill('SIGKILL');
    expect((await ended)[1]).toBe('SIGKILL');
    expect(readFileSync(file).equals(before)).toBe(true);
    // What it had made is there until the next backup begins, and no longer.
    expect(listLeft(portal.root)).toHaveLength(1);
  }
  await createBackup({ ...portal.context, now: 1 }, file);
  expect(listLeft(portal.root)).toEqual([]);
}, 120_000);
