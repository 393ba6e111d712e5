import { expect, test } from 'vitest';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead } from '#support/leads.ts';
import { findInFolder } from '#support/scan-folder.ts';

const IDLE_MS = 31 * 60_000;
const QUESTION = '您说的那张收据还在手里吗？';

async function post(portal: FreshPortal, path: string, cookie: string, form: [string, string][]) {
  const answer = await portal.app.request(path, {
    method: 'POST',
    headers: {
      cookie,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(form).toString(),
  });
  return {
    status: answer.status,
    html: await answer.text(),
    cookies: answer.headers.getSetCookie(),
  };
}

function hidden(html: string, name: string): string {
  const tag = html.split('<input').find((each) => each.includes(`name="${name}"`)) ?? '';
  return /value="([^"]*)"/.exec(tag)?.[1] ?? '';
}

/** The form of a step, typed by one person and sent after the session has ended. */
async function typedTooLate(portal: FreshPortal) {
  const { reference } = await fileLead(portal, STALLING);
  await createDesk(portal).take('intake', reference, 'claim', 'RECEIVED');
  const page = `/staff/leads/${reference}/`;
  const cookie = await portal.signIn('triage');
  const shown = await portal.app.request(page, { headers: { cookie } });
  const writer = hidden(await shown.text(), 'writer');
  portal.advance(IDLE_MS);
  const sent = await post(portal, page, cookie, [
    ['event', 'ask-question'],
    ['from', 'TRIAGE'],
    ['writer', writer],
    ['ask-question.question', QUESTION],
  ]);
  return { page, cookie, sent };
}

function signInFields(portal: FreshPortal, login: string): [string, string][] {
  return [
    ['login', login],
    ['password', portal.accountOf(login).password],
    ['totp', portal.nextTotp(login)],
  ];
}

test('what was typed when the session ended stands in the form again after signing in on the page', async () => {
  await using portal = await createPortal({ pages: true });
  const { page, cookie, sent } = await typedTooLate(portal);
  expect(sent.html).toContain('重新登录后继续');
  expect(sent.html).not.toContain(QUESTION);
  const kept = hidden(sent.html, 'kept');
  expect(Buffer.from(kept, 'base64url').toString('utf8')).not.toContain(QUESTION);
  const wrong = await post(portal, page, cookie, [
    ['kept', kept],
    ['login', 'triage'],
    ['password', '不对的口令'],
    ['totp', '000000'],
  ]);
  expect(wrong.status).toBe(401);
  expect(hidden(wrong.html, 'kept')).toBe(kept);
  portal.advance(60_000);
  const again = await post(portal, page, cookie, [
    ['kept', kept],
    ...signInFields(portal, 'triage'),
  ]);
  expect(again.status).toBe(200);
  expect(again.html).toContain('刚才填写的内容还没有提交');
  expect(again.html).toContain(QUESTION);
  expect(again.cookies.join()).toContain('session=');
  // Nothing was sent yet, and nothing of it was stored.
  expect(findInFolder(portal.root, [QUESTION])).toEqual([]);
});

test('what one person typed is not given to another who signs in on the page', async () => {
  await using portal = await createPortal({ pages: true });
  const { page, cookie, sent } = await typedTooLate(portal);
  const other = await post(portal, page, cookie, [
    ['kept', hidden(sent.html, 'kept')],
    ...signInFields(portal, 'section-chief'),
  ]);
  expect(other.status).toBe(200);
  expect(other.html).not.toContain(QUESTION);
  expect(other.html).toContain('没有恢复');
});
