import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchFaults } from '#scripts/bench/faults.ts';
import { COMPLAINT } from '#scripts/bench/complaint.ts';
import { startHelper } from '#scripts/bench/measure.ts';
import { callOver, postJson, solveProof } from '#scripts/portal-client.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { Failure } from '#support/leads.ts';

test('a server that is killed at any moment loses nothing it acknowledged, and keeps nothing twice', async () => {
  const figures = await benchFaults({ kills: 3 });
  expect(figures).toMatchObject({ lost: 0, twice: 0, orphans: 0, wordsFound: 0 });
}, 240_000);

/** A disk of its own of so many bytes; null where this user may not mount one. */
function mountDisk(at: string, bytes: number): Disposable | null {
  mkdirSync(at);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', at], { stdio: 'ignore' });
  } catch {
    return null;
  }
  return { [Symbol.dispose]: () => void execFileSync('umount', ['-l', at]) };
}

test('a full disk answers 503 with the telephones, and what came before it is still there', async (t) => {
  await using portal = await createPortal();
  const at = join(portal.root, 'small');
  using disk = mountDisk(at, 24 * 2 ** 20);
  if (!disk) t.skip('only root may mount a small disk');
  const { dataDir, secretsDir } = portal.context.config;
  const small = join(at, 'data');
  cpSync(dataDir, small, { recursive: true });
  const server = startHelper('portal-server.ts', small, secretsDir);
  await server.ready;
  const call = callOver((server.said() as { url: string }).url);
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
  server.stop();
  await server.result;
}, 120_000);
