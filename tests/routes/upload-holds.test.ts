import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { refusalIn } from '#support/complaints.ts';
import { makeRecording, sendFile } from '#support/evidence.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';

async function waitForParts(portal: FreshPortal, count: number): Promise<void> {
  const folder = join(portal.context.config.dataDir, 'evidence');
  await vi.waitFor(
    () => expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toHaveLength(count),
    { timeout: 10_000 },
  );
}

/** Begins to send a file and goes no further. */
function beginFile(portal: FreshPortal, altcha = '') {
  const proof = altcha
    ? `--x\r\nContent-Disposition: form-data; name="altcha"\r\n\r\n${altcha}\r\n`
    : '';
  const head = `${proof}--x\r\nContent-Disposition: form-data; name="file"; filename="a.amr"\r\n\r\n#!AMR\n`;
  const { promise: cut, resolve: cutOff } = Promise.withResolvers<void>();
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(Buffer.from(head)),
    async pull(controller) {
      await cut;
      controller.error(new Error('cut off'));
    },
  });
  const headers = { origin: 'http://localhost', 'content-type': 'multipart/form-data; boundary=x' };
  const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
  return { answer: Promise.resolve(portal.app.request('/api/uploads', init)), cutOff };
}

test('a proof brings one file at a time, and is good still when that one breaks off', async () => {
  await using portal = await createPortal();
  const altcha = await portal.solveProof();
  const begun = beginFile(portal, altcha);
  await waitForParts(portal, 1);
  expect((await refusalIn(await sendFile(portal, makeRecording(), { altcha }))).code).toBe(
    'proof-used',
  );
  begun.cutOff();
  expect((await begun.answer).status).toBe(422);
  expect((await sendFile(portal, makeRecording(), { altcha })).status).toBe(201);
});

test('few files at once lie on the disk before their proof has come', async () => {
  await using portal = await createPortal();
  const begun = Array.from({ length: 20 }, () => beginFile(portal));
  await waitForParts(portal, 20);
  const late = await sendFile(portal, makeRecording(), { proof: 'after' });
  expect((await refusalIn(late)).code).toBe('proof-missing');
  expect((await sendFile(portal, makeRecording())).status).toBe(201);
  for (const { cutOff } of begun) cutOff();
  await Promise.all(begun.map(async ({ answer }) => answer));
  expect((await sendFile(portal, makeRecording(), { proof: 'after' })).status).toBe(201);
});
