import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sweep } from '#api/jobs/sweep.ts';
import { insertUpload } from '#db/queries/evidence.ts';
import { slotEnd } from '#rules/evidence.ts';
import { UNPROVED } from '#rules/intake-load.ts';
import { makeRecording, sendFile } from '#support/evidence.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { sendPage, ticketOf } from '#support/upload-page.ts';

const MB = 1024 * 1024;
const HOUR = 3_600_000;
const FULL = expect.stringMatching(/写的内容照样可以提交.*12345.*12388/);

/** As if files of so many bytes had come without a proof. */
async function fill(portal: FreshPortal, bytes: number): Promise<void> {
  const { context } = portal;
  const unknown = { lookup: 'of nobody', fileId: 'none', fileHash: '', sealed: Buffer.alloc(1) };
  const expiresAt = slotEnd(context.now(), false);
  await context.db.transaction((tx) =>
    insertUpload(tx, { ...unknown, proved: 0, bytes, expiresAt }),
  );
}

function listFiles(portal: FreshPortal): string[] {
  return readdirSync(join(portal.context.config.dataDir, 'evidence'));
}

async function isTaken(portal: FreshPortal): Promise<boolean> {
  const sent = await sendPage(portal, await ticketOf(portal), [['一.amr', makeRecording()]]);
  return sent.uploaded.length === 1;
}

test('a hundred and more small files without a proof keep nobody from sending theirs', async () => {
  await using portal = await createPortal();
  for (let page = 0; page < 12; page += 1) {
    const ten = Array.from({ length: 10 }, (_, at): [string, Uint8Array<ArrayBuffer>] => [
      `${at}.amr`,
      makeRecording(10),
    ]);
    expect((await sendPage(portal, await ticketOf(portal), ten)).uploaded).toHaveLength(10);
  }
  expect(await isTaken(portal)).toBe(true);
});

test('where files without a proof hold what they may, whoever sends one learns that words go on', async () => {
  await using portal = await createPortal();
  await fill(portal, UNPROVED.waitingBytes - UNPROVED.fileBytes);
  expect(await isTaken(portal)).toBe(true);
  const { refused } = await sendPage(portal, await ticketOf(portal), [['晚.amr', makeRecording()]]);
  expect(refused).toMatchObject([{ name: '晚.amr', message: FULL }]);
  expect((await sendFile(portal, makeRecording())).status).toBe(201);
});

test('a file without a proof that is more than what is left is stopped on its way, and leaves nothing', async () => {
  await using portal = await createPortal();
  await fill(portal, UNPROVED.waitingBytes - 6 * MB);
  const { refused, uploaded } = await sendPage(portal, await ticketOf(portal), [
    ['长.amr', makeRecording(20 * MB)],
  ]);
  expect(uploaded).toEqual([]);
  expect(refused).toMatchObject([{ name: '长.amr', message: FULL }]);
  expect(listFiles(portal)).toEqual([]);
  expect(await isTaken(portal)).toBe(true);
});

test('what no proof paid for is gone after hours, what one paid for after a day', async () => {
  await using portal = await createPortal();
  await fill(portal, UNPROVED.waitingBytes);
  expect((await sendFile(portal, makeRecording())).status).toBe(201);
  expect(await isTaken(portal)).toBe(false);
  portal.advance(5 * HOUR);
  await sweep(portal.context);
  expect(await isTaken(portal)).toBe(true);
  portal.advance(5 * HOUR);
  await sweep(portal.context);
  expect(listFiles(portal)).toHaveLength(1);
  portal.advance(16 * HOUR);
  await sweep(portal.context);
  expect(listFiles(portal)).toEqual([]);
});

const HEAD = '--x\r\nContent-Disposition: form-data; name="evidence"; filename="a.amr"\r\n\r\nMZ';
const TYPE = 'multipart/form-data; boundary=x';

test.each(['/api/uploads', '/api/uploads/form', '/complaints/new', '/complaints/follow-up'])(
  'a request to %s is read no further than what ten files take, however many it says they are',
  async (path) => {
    await using portal = await createPortal({ pages: true });
    let poured = 0;
    const piece = new Uint8Array(4 * MB).fill(0x61);
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(Buffer.from(HEAD)),
      pull(controller) {
        if (poured > 700 * MB) return controller.close();
        poured += piece.length;
        controller.enqueue(piece);
      },
    });
    const headers = { origin: 'http://localhost', 'content-type': TYPE };
    const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    const answer = await portal.app.request(path, init);
    expect([413, 422]).toContain(answer.status);
    expect(await answer.text()).toContain('分几次上传');
    expect(poured).toBeLessThan(600 * MB);
  },
);

test.each(['/complaints/new', '/complaints/follow-up', '/staff/leads/new'])(
  'a page that says beforehand how much too much it sends is answered at once: %s',
  async (path) => {
    await using portal = await createPortal({ pages: true });
    const headers = {
      origin: 'http://localhost',
      'content-type': TYPE,
      'content-length': String(600 * MB),
    };
    const answer = await portal.app.request(path, { method: 'POST', headers, body: HEAD });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toMatch(
      /<h1>这次没有办成[\s\S]*合计超过520MB，都没有收下。返回上一页/,
    );
  },
);
