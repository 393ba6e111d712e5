import { expect, test } from 'vitest';
import { VILLAGE } from '#support/complaints.ts';
import { makePhoto } from '#support/evidence.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';

const PAGE = '/staff/leads/new/';
const WORDS = '电话里说低保停了没有人通知。';

async function post(portal: FreshPortal, cookie: string, form: Record<string, string>) {
  const answer = await portal.app.request(PAGE, {
    method: 'POST',
    headers: {
      cookie,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(form).toString(),
  });
  const html = await answer.text();
  return { status: answer.status, html, headers: answer.headers };
}

function hidden(html: string, name: string): string {
  const tag = html.split('<input').find((each) => each.includes(`name="${name}"`)) ?? '';
  return /value="([^"]*)"/.exec(tag)?.[1] ?? '';
}

async function openForm(portal: FreshPortal, cookie: string) {
  const shown = await portal.app.request(PAGE, { headers: { cookie } });
  const html = await shown.text();
  return {
    status: shown.status,
    html,
    told: tellBy(hidden(html, 'token'), hidden(html, 'writer')),
  };
}

const tellBy = (token: string, writer: string) => ({
  token,
  writer,
  source: 'PHONE',
  receivedOn: '2026-11-20',
  class: 'APPEAL',
  problemTypes: 'TUOBAO',
  placeCode: VILLAGE,
  text: WORDS,
  handsCode: 'yes',
  'accused1.role': 'UNKNOWN',
});

test('what is typed during a call is registered once and answered with a slip', async () => {
  await using portal = await createPortal({ pages: true });
  const cookie = await portal.signIn('intake');
  const { told } = await openForm(portal, cookie);
  const { text: _text, ...without } = told;
  const refused = await post(portal, cookie, without);
  expect(refused.status).toBe(422);
  expect(refused.html).toContain('写下发生了什么');
  expect(hidden(refused.html, 'token')).toBe(told.token);
  const [sent, again] = await Promise.all([post(portal, cookie, told), post(portal, cookie, told)]);
  expect([sent.status, again.status]).toEqual([303, 303]);
  expect(sent.headers.get('location')).toBe('/staff/leads/registered/');
  const leads = await portal.call('/api/staff/leads', { cookie });
  expect(await leads.json()).toMatchObject({ total: 1 });
  const slip = sent.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const shown = await portal.app.request('/staff/leads/registered/', {
    headers: { cookie: `${cookie}; ${slip}` },
  });
  const html = await shown.text();
  expect(html).toContain('交给反映人');
  expect(html).not.toContain(WORDS);
});

test('what was typed when the session ended waits in the page for its writer', async () => {
  await using portal = await createPortal({ pages: true });
  const cookie = await portal.signIn('intake');
  const { told } = await openForm(portal, cookie);
  portal.advance(31 * 60_000);
  const late = await post(portal, cookie, told);
  expect(late.html).toContain('重新登录后继续');
  expect(late.html).not.toContain(WORDS);
  const signed = await post(portal, cookie, {
    kept: hidden(late.html, 'kept'),
    login: 'intake',
    password: portal.accountOf('intake').password,
    totp: portal.nextTotp('intake'),
  });
  expect(signed.html).toContain(WORDS);
  expect(hidden(signed.html, 'token')).toBe(told.token);
  expect(hidden(signed.html, 'writer')).toBe(told.writer);
});

test('who does not register is told so', async () => {
  await using portal = await createPortal({ pages: true });
  const { status, html } = await openForm(portal, await portal.signIn('publisher'));
  expect(status).toBe(403);
  expect(html).toContain('您的岗位不登记线索');
});

test('a photo is taken with the form, shown, and registered without JavaScript', async () => {
  await using portal = await createPortal({ pages: true });
  const cookie = await portal.signIn('intake');
  const { told, html } = await openForm(portal, cookie);
  portal.advance(3000);
  async function send(fields: Record<string, string>, photo?: Uint8Array<ArrayBuffer>) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    if (photo) form.append('evidence', new Blob([photo]), '来信.jpg');
    const answer = await portal.app.request(PAGE, {
      method: 'POST',
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
      body: form,
    });
    return { status: answer.status, html: await answer.text() };
  }
  const ticket = hidden(html, 'ticket');
  const shown = await send({ ticket, ...told, go: 'evidence' }, await makePhoto());
  expect(shown.status).toBe(200);
  expect(shown.html).toContain('来信.jpg');
  expect(shown.html).toContain(WORDS);
  const [, evidence = ''] = /type="hidden" name="evidence" value="([^"]+)"/.exec(shown.html) ?? [];
  const sent = await send({ ...told, evidence });
  expect(sent.status).toBe(303);
  const { db } = portal.context;
  expect(await db.select().from(db.t.leadEvidence)).toHaveLength(1);
});
