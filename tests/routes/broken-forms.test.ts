import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startPortal } from '#api/server.ts';
import { BROKEN_FORMS, ODD_FORMS } from '#support/broken-forms.ts';
import type { BrokenForm } from '#support/broken-forms.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { listOnDemandPages } from '#support/page-folders.ts';
import { ROUTES } from '#support/staff-routes.ts';

/** Whoever has not signed in is asked to, whatever they sent: these hand it on as it arrives. */
const ASKED_FIRST = ['/staff/leads/new', '/staff/lists/new/file'];
/** What a page says of it, and what one says that hands files on. */
const SAID = /内容不完整，没有收下|返回上一页，再按一次|没有收完|有内容需要更正/;
const FORMS = ['/api/complaints', '/api/complaints/drafts', '/api/prefs', '/api/uploads'];
const PAGES = listOnDemandPages().map((page) => page.replaceAll(/\[\w+\]/g, '1'));
/** Ends the session of whoever walks. */
const walked = PAGES.filter((page) => !page.includes('sign-out'));
const apis = [
  ...FORMS,
  '/api/uploads/form',
  ...Object.keys(ROUTES)
    .filter((route) => route.startsWith('POST') && !route.includes('session'))
    .map((route) => route.replace('POST ', '').replaceAll(/:\w+/g, '1')),
];

async function post(portal: FreshPortal, path: string, form: BrokenForm, cookie = '') {
  const answer = await portal.app.request(path, {
    method: 'POST',
    headers: { origin: 'http://localhost', cookie, 'content-type': form.type, ...form.headers },
    body: form.body,
  });
  const html = answer.headers.get('location') ?? (await answer.text());
  return { status: answer.status, html };
}

test.each(Object.keys(BROKEN_FORMS))(
  'every page refuses a form that cannot be read as one that is none: %s',
  async (name) => {
    await using portal = await createPortal({ pages: true });
    const form = BROKEN_FORMS[name] as BrokenForm;
    const faults: string[] = [];
    for (const path of PAGES) {
      const { status, html } = await post(portal, path, form);
      const isRefused = status === 422 && SAID.test(html);
      const isAsked = ASKED_FIRST.includes(path) && /staff\/sign-in|name="password"/.test(html);
      if (!isRefused && !isAsked) faults.push(`${path}: ${status}`);
    }
    expect(PAGES.length).toBeGreaterThan(50);
    expect(faults).toEqual([]);
  },
);

test.each(['', 'triage', 'security', 'publisher', 'intake'])(
  'no page fails over an odd form, whoever sends it: %s',
  async (login) => {
    await using portal = await createPortal({ pages: true });
    const cookie = login === '' ? '' : await portal.signIn(login);
    const faults: string[] = [];
    for (const [name, form] of Object.entries({ ...BROKEN_FORMS, ...ODD_FORMS })) {
      for (const path of walked) {
        const { status } = await post(portal, path, form, cookie);
        if (status >= 500) faults.push(`${path}: ${status} for ${name}`);
      }
    }
    expect(faults).toEqual([]);
  },
  120_000,
);

test.each(['', 'publisher', 'triage'])(
  'nor does the API, where a form is sent to it: %s',
  async (login) => {
    await using portal = await createPortal();
    const cookie = login === '' ? '' : await portal.signIn(login);
    const faults: string[] = [];
    for (const [name, form] of Object.entries({ ...BROKEN_FORMS, ...ODD_FORMS })) {
      for (const path of apis) {
        const { status } = await post(portal, path, form, cookie);
        const isRead = name in BROKEN_FORMS && FORMS.includes(path) && status !== 422;
        if (status >= 500 || isRead) faults.push(`${path}: ${status} for ${name}`);
      }
    }
    expect(faults).toEqual([]);
  },
  120_000,
);

/** Sends bytes as they are, closes its side, and gathers what comes back. */
async function sendRaw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (chunk) => void (answer += chunk.toString()));
  socket.on('close', () => resolve(answer));
  socket.on('error', () => resolve(answer));
  socket.end(text);
  return promise;
}

test('a connection that ends before its form, or says another length, ends nothing else', async () => {
  const portal = await createPortal();
  await portal.context.db.close();
  const config = { ...portal.context.config, port: 0 };
  const server = await startPortal(config, 'demo');
  const { host } = new URL(server.url);
  const body = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n';
  try {
    for (const path of [
      '/complaints/correction',
      '/complaints/new',
      '/staff/sign-in',
      '/api/prefs',
    ]) {
      const head =
        `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${server.url}\r\n` +
        'Content-Type: multipart/form-data; boundary=x\r\n';
      for (const length of [
        `Content-Length: 9999`,
        'Content-Length: 20',
        'Transfer-Encoding: chunked',
      ]) {
        const answer = await sendRaw(server.url, `${head}${length}\r\n\r\n${body}`);
        expect(answer, `${path} ${length}`).not.toMatch(/^HTTP\/1\.1 5/m);
      }
    }
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  } finally {
    await server.close();
  }
});
