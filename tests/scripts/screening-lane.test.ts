import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COMPLAINT } from '#scripts/bench/complaint.ts';
import { postJson, solveProof } from '#scripts/portal-client.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { answerUpTo, openPlainBrowser } from '#support/plain-browser.ts';
import { serveFromSmallDisk } from '#support/small-disk.ts';

const MB = 2 ** 20;

/** Writes until less than so large a share of the disk is free. */
function fillUpTo(at: string, freeShare: number): string {
  const { bavail, blocks, bsize } = statfsSync(at);
  const ballast = join(at, 'ballast');
  writeFileSync(ballast, Buffer.alloc(Math.ceil((bavail - blocks * freeShare) * bsize) + MB));
  return ballast;
}

test('with less than a fifth of the disk free what has no proof waits on its page, with the telephones', async (t) => {
  await using portal = await createPortal();
  await using small = await serveFromSmallDisk(t, portal, 64 * MB);
  const { at, call } = small;
  const browser = openPlainBrowser({ app: { request: call } });
  const check = await answerUpTo(browser, 'check');
  const ballast = fillUpTo(at, 0.2);
  const kept = await browser.send(check, { go: 'submit' });
  expect(kept.status).toBe(503);
  for (const said of ['来回跑了五趟', '12345', '12388']) expect(kept.html).toContain(said);
  const proved = { ...COMPLAINT, altcha: await solveProof(call) };
  expect((await postJson(call, '/api/complaints', proved)).status).toBe(201);
  rmSync(ballast);
  const receipt = await browser.send(kept, { go: 'submit' });
  expect(receipt.html).toContain('class="query-code"');
}, 120_000);
