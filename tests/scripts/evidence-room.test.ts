import { readdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COMPLAINT } from '#scripts/bench/complaint.ts';
import { postJson, solveProof } from '#scripts/portal-client.ts';
import { makeRecording } from '#support/evidence.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { serveFromSmallDisk } from '#support/small-disk.ts';

const MB = 2 ** 20;

test('files that come together leave room for words, and one that no longer fits leaves nothing', async (t) => {
  await using portal = await createPortal();
  await using small = await serveFromSmallDisk(t, portal, 190 * MB);
  const { at, call } = small;
  const file = new Blob([makeRecording(48 * MB)]);
  let least = Infinity;
  const watch = setInterval(() => {
    const { bavail, bsize } = statfsSync(at);
    least = Math.min(least, bavail * bsize);
  }, 5);
  const proofs = await Promise.all(Array.from({ length: 4 }, async () => solveProof(call)));
  const sent = proofs.map(async (altcha) => {
    const form = new FormData();
    form.append('altcha', altcha);
    form.append('file', file, '录音.amr');
    return (await call('/api/uploads', { method: 'POST', body: form })).status;
  });
  const statuses = await Promise.all(sent);
  clearInterval(watch);
  expect(statuses).toContain(503);
  const taken = statuses.filter((status) => status === 201).length;
  expect(readdirSync(join(small.data, 'evidence'))).toHaveLength(taken);
  expect(least).toBeGreaterThan(32 * MB);
  const proved = { ...COMPLAINT, altcha: await solveProof(call) };
  expect((await postJson(call, '/api/complaints', proved)).status).toBe(201);
}, 120_000);
