import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';

const ORIGIN = 'http://localhost';

/** Sends the sign-in form as a browser without JavaScript does. */
async function sendForm(portal: FreshPortal, change: Record<string, string> = {}, next = '') {
  const { password } = portal.accountOf('triage');
  const fields = { login: 'triage', password, totp: portal.nextTotp('triage'), ...change };
  const query = next ? `?next=${encodeURIComponent(next)}` : '';
  return portal.app.request(`/staff/sign-in/${query}`, {
    method: 'POST',
    headers: { origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
}

test('a page of the desk sends whoever is not signed in to the sign-in page, and back', async () => {
  await using portal = await createPortal({ pages: true });
  const answer = await portal.app.request('/staff/people/');
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/staff/sign-in/?next=%2Fstaff%2Fpeople%2F');
  const signedIn = await sendForm(portal, {}, '/staff/people/');
  expect(signedIn.status).toBe(303);
  expect(signedIn.headers.get('location')).toBe('/staff/people/');
  expect(signedIn.headers.getSetCookie()).toHaveLength(2);
});

test.each(['https://elsewhere.example/', '//elsewhere.example', '/staffx', '/staff/../complaints'])(
  'signing in never leads to %s',
  async (next) => {
    await using portal = await createPortal({ pages: true });
    expect((await sendForm(portal, {}, next)).headers.get('location')).toBe('/staff/');
  },
);

test('the way back is an address whatever was typed into it', async () => {
  await using portal = await createPortal({ pages: true });
  const answer = await sendForm(portal, {}, '/staff/leads/?place=柳树\r\nset-cookie:a=b');
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe(
    '/staff/leads/?place=%E6%9F%B3%E6%A0%91set-cookie:a=b',
  );
  expect(answer.headers.getSetCookie()).toHaveLength(2);
});

test('a refused sign-in keeps the login that was typed and forgets the passphrase', async () => {
  await using portal = await createPortal({ pages: true });
  const answer = await sendForm(portal, { password: 'mistyped-passphrase' });
  const page = await answer.text();
  expect(answer.status).toBe(401);
  expect(page).toContain('账号、口令或动态码不对');
  expect(page).toContain('value="triage"');
  expect(page).not.toContain('mistyped-passphrase');
});

test('an empty field has its message in the summary and beside it', async () => {
  await using portal = await createPortal({ pages: true });
  const answer = await sendForm(portal, { totp: '' });
  expect(answer.status).toBe(422);
  expect((await answer.text()).split('输入动态码')).toHaveLength(3);
});

test('the desk shows name, post and only the work of that post', async () => {
  await using portal = await createPortal({ pages: true });
  const cookie = await portal.signIn('auditor');
  const page = await (await portal.app.request('/staff', { headers: { cookie } })).text();
  expect(page).toContain('蔺守真，您好');
  expect(page).toContain('示范区民政局审计管理员');
  expect(page).not.toContain('/staff/leads/');
});

test('signing out by the form ends the session', async () => {
  await using portal = await createPortal({ pages: true });
  const cookie = await portal.signIn('triage');
  // A browser names the form's type where it has no fields, too.
  const type = 'application/x-www-form-urlencoded';
  const answer = await portal.app.request('/staff/sign-out', {
    method: 'POST',
    headers: { cookie, origin: ORIGIN, 'content-type': type },
  });
  expect(answer.headers.get('location')).toBe('/staff/sign-in/?ended');
  expect((await portal.app.request('/staff', { headers: { cookie } })).status).toBe(303);
});
