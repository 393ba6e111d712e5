import { Hono } from 'hono';
import { expect, test, vi } from 'vitest';
import { answerError } from '#api/answer-error.ts';
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
  const description = await (await portal.app.request('/api/openapi.json')).json();
  const { paths } = description as { paths: Record<string, Record<string, unknown>> };
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method, path: path.replaceAll(/\{\w+\}/g, '0') })),
  );
  expect(routes.length).toBeGreaterThan(100);
  const get = ['/complaints/new', '/api/nowhere', '/prefs.css', '/v/1', '/nowhere/'];
  for (const { method, path } of [...routes, ...get.map((path) => ({ method: 'get', path }))]) {
    const answer = await portal.app.request(path, { method: method.toUpperCase() });
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy, `${method} ${path}`).toContain("default-src 'self'");
    expect(policy, path).not.toContain('unsafe');
  }
});

test('without an https address only names of this machine are the portal’s own', async () => {
  await using portal = await createPortal();
  async function statusAt(host: string, method = 'POST') {
    const headers = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
    return (await portal.app.request('/api/staff/session/end', { method, headers })).status;
  }
  for (const host of [
    'evil.example',
    'evil.example:4321',
    '127.0.0.1.evil.example',
    'localhostx',
  ]) {
    expect(await statusAt(host), host).toBe(403);
    expect(await statusAt(host, 'GET'), host).toBe(403);
  }
  for (const host of ['127.0.0.1:4321', 'localhost', '[::1]:4321', 'portal.localhost']) {
    expect(await statusAt(host), host).toBe(204);
  }
});

test('JSON under another name is refused in words, before anything is read', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('triage');
  for (const path of ['/api/complaints', '/api/staff/leads/YG-2026-0000-00/transitions']) {
    for (const type of ['text/plain', 'text/plain;charset=UTF-8', 'application/x-other']) {
      const answer = await portal.app.request(path, {
        method: 'POST',
        headers: { cookie, 'content-type': type, 'sec-fetch-site': 'same-origin' },
        body: '{}',
      });
      expect(answer.status, `${path} ${type}`).toBe(415);
      expect(await answer.json()).toMatchObject({ error: { code: 'unsupported-type' } });
    }
  }
});

test('what is logged of an unexpected failure has no word of its message', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const app = new Hono();
  app.onError((error, c) => answerError(error, c));
  app.get('/', () => {
    throw new Error('张三丰说\n    at 青山镇 (file:///张三丰:1:1)\n    at 张三丰');
  });
  expect((await app.request('/')).status).toBe(500);
  const lines = logged.mock.calls.flat().join('\n');
  logged.mockRestore();
  expect(lines).toContain('unexpected Error');
  expect(lines).toContain('errors.test.ts');
  expect(lines).not.toMatch(/张三丰|青山镇/);
});

test('no cache keeps what the API answers, failures included', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('triage');
  for (const path of ['/api/staff/leads', '/api/staff/session', '/api/staff/leads/x', '/api/x']) {
    const answer = await portal.call(path, { cookie });
    expect(answer.headers.get('cache-control'), path).toBe('no-store');
  }
});
