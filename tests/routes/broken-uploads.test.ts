import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';

const HEAD = '--x\r\nContent-Disposition: form-data; name="';
const FILE = `${HEAD}file"; filename="a.amr"\r\n\r\n#!AMR\n`;
/** Nothing was chosen in it. */
const NO_FILE = `${HEAD}file"; filename=""\r\n\r\nsome`;
const REFUSED = `${HEAD}altcha"\r\n\r\nno proof\r\n${FILE}`;
const PAGES = ['/api/uploads', '/api/uploads/form', '/complaints/new', '/complaints/follow-up'];

/** Sends the beginning of a form; then the connection breaks, or the form ends where it must not. */
async function sendPart(
  portal: FreshPortal,
  path: string,
  { text, breaks, cookie = '' }: { text: string; breaks: boolean; cookie?: string },
): Promise<number> {
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(Buffer.from(text)),
    async pull(controller) {
      // Whoever reads it has refused it by now.
      for (let turn = 0; turn < 50; turn += 1) await setImmediate();
      if (breaks) controller.error(new Error('cut off'));
      else controller.close();
    },
  });
  const headers = {
    origin: 'http://localhost',
    'content-type': 'multipart/form-data; boundary=x',
    cookie,
  };
  const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
  return (await portal.app.request(path, init)).status;
}

const ways = PAGES.flatMap((path) =>
  [FILE, NO_FILE, REFUSED].flatMap((text) => [
    { path, text, breaks: true },
    { path, text, breaks: false },
  ]),
);

test.each(ways)('a form that ends in its middle ends nothing else: %o', async (way) => {
  await using portal = await createPortal({ pages: true });
  expect(await sendPart(portal, way.path, way)).toBeGreaterThanOrEqual(400);
  expect((await portal.call('/healthz')).status).toBe(200);
});

test.each([true, false])('nor does a list that staff upload (cut off: %s)', async (breaks) => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const text = `${HEAD}file"; filename="a.csv"\r\n\r\n姓名`;
  expect(await sendPart(portal, '/api/staff/batches', { text, breaks, cookie })).toBe(422);
  expect((await portal.call('/healthz')).status).toBe(200);
});
