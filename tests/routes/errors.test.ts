import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';

test('what is not there is a page for people and one JSON shape for programs', async () => {
  await using portal = await createPortal({ pages: true });
  const page = await portal.app.request('/complaints/nowhere');
  expect(page.status).toBe(404);
  expect(page.headers.get('content-type')).toContain('text/html');
  const api = await portal.app.request('/api/nowhere');
  expect(api.status).toBe(404);
  expect(await api.json()).toEqual({
    error: { code: 'not-found', message: '没有找到，或者您无权查看。', fields: {} },
  });
});

test('a form sent from another site is refused, on pages and API alike', async () => {
  await using portal = await createPortal({ pages: true });
  for (const path of ['/complaints/new', '/api/complaints', '/staff/sign-in']) {
    const answer = await portal.app.request(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'https://elsewhere.example',
        'sec-fetch-site': 'cross-site',
      },
      body: 'class=REPORT',
    });
    expect(answer.status, path).toBe(403);
    expect(await answer.text(), path).toContain('请求来自别的网站');
  }
});

test('every answer carries the one content policy, without an unsafe word in it', async () => {
  await using portal = await createPortal({ pages: true });
  for (const path of ['/complaints/new', '/api/challenge', '/api/nowhere', '/prefs.css']) {
    const policy = (await portal.app.request(path)).headers.get('content-security-policy') ?? '';
    expect(policy, path).toContain("default-src 'self'");
    expect(policy, path).not.toContain('unsafe');
  }
});
