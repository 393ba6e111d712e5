import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { refusalIn } from '#support/complaints.ts';
import { answerUpTo, openPlainBrowser } from '#support/plain-browser.ts';

const FORM = 'application/x-www-form-urlencoded';
const MB = 1024 * 1024;

/** Posts so many bytes in small pieces, and tells how many of them were taken before the answer. */
async function pour(portal: FreshPortal, path: string, type: string, bytes: number) {
  let poured = 0;
  const piece = new Uint8Array(64 * 1024).fill(0x61);
  const body = new ReadableStream({
    pull(controller) {
      if (poured >= bytes) return controller.close();
      poured += piece.length;
      controller.enqueue(piece);
    },
  });
  const init = { method: 'POST', headers: { 'content-type': type, origin: 'http://localhost' } };
  const answer = await portal.app.request(path, { ...init, body, duplex: 'half' } as RequestInit);
  return { answer, poured };
}

test.each([
  ['/complaints/new', FORM],
  ['/complaints/new/', FORM],
  ['/complaints/follow-up', FORM],
  ['/complaints/correction', 'multipart/form-data; boundary=x'],
  ['/staff/sign-in', FORM],
  ['/staff/places/table', 'multipart/form-data; boundary=x'],
  ['/api/prefs', FORM],
  ['/api/complaints', FORM],
  ['/api/follow-up', 'application/json'],
])('%s gathers no more than a form holds, whoever sends it', async (path, type) => {
  await using portal = await createPortal({ pages: true });
  const { answer, poured } = await pour(portal, path, type, 64 * MB);
  expect(answer.status).toBe(413);
  expect(await answer.text()).toContain('缩短以后再提交');
  expect(poured).toBeLessThan(11 * MB);
});

test.each(['/complaints/new', '/complaints/follow-up', '/complaints/correction', '/staff/sign-in'])(
  'what is no form is refused at %s, not a failure of the portal',
  async (path) => {
    await using portal = await createPortal({ pages: true });
    for (const type of ['application/json', 'text/plain', '', null]) {
      const headers = {
        origin: 'http://localhost',
        ...(type !== null && { 'content-type': type }),
      };
      const body = type === null ? null : '{"a":1}';
      const answer = await portal.app.request(path, { method: 'POST', headers, body });
      expect(answer.status, String(type)).toBe(422);
    }
  },
);

test('an address that no file can have is a page that is not there', async () => {
  await using portal = await createPortal({ pages: true });
  const long = 'a'.repeat(5000);
  const page = await openPlainBrowser(portal).get(`/complaints/new?notice=${long}`);
  expect(page.status).toBe(200);
  expect(page.hidden['step']).toBe('class');
});

test.each([60_001, 100_000])(
  'a pasted text of %i characters is told to be shortened, and kept',
  async (length) => {
    await using portal = await createPortal({ pages: true });
    const browser = openPlainBrowser(portal);
    const page = await answerUpTo(browser, 'text');
    const back = await browser.send(page, { text: '很'.repeat(length) });
    expect(back.status).toBe(422);
    expect(back.html).toContain('写得太长或者太多，缩短后再提交');
    expect(back.html).toContain('很'.repeat(length));
  },
);

test('nobody who fills in a form reads English', async () => {
  await using portal = await createPortal();
  const json = { draft: 'x', step: 'accused', answers: {}, remove: -1 };
  const refusal = await refusalIn(await portal.call('/api/complaints/answers', { json }));
  expect(refusal.fields).toEqual({ remove: '填写有误，核对后再提交' });
});
