import { describe, expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';

const PATH = '/api/staff/session';

async function tryCredentials(
  portal: FreshPortal,
  login: string,
  change: { login?: string; password?: string; totp?: string } = {},
) {
  const { password } = portal.accountOf(login);
  const totp = change.totp ?? portal.nextTotp(login);
  const json = { login, password, ...change, totp };
  return portal.call(PATH, { json });
}

describe('POST /api/staff/session', () => {
  test('answers 204 and a cookie that stays out of scripts and other sites', async () => {
    await using portal = await createPortal();
    const answer = await tryCredentials(portal, 'triage');
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^session=[\w-]{43}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(
        /^device=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=34560000$/,
      ),
    ]);
  });

  test('binds the cookie to its host and to https where the portal has an https address', async () => {
    await using portal = await createPortal({ publicUrl: 'https://dibao.example.gov.cn' });
    const answer = await tryCredentials(portal, 'triage');
    for (const [index, name] of ['__Host-session', '__Host-device'].entries()) {
      const cookie = answer.headers.getSetCookie()[index] ?? '';
      expect(cookie.split('; ')).toEqual(expect.arrayContaining(['Path=/', 'Secure', 'HttpOnly']));
      expect(cookie.startsWith(`${name}=`)).toBe(true);
    }
  });

  test('says the same for a wrong passphrase, a wrong code and a login that does not exist', async () => {
    await using portal = await createPortal();
    const answers = [
      await tryCredentials(portal, 'triage', { password: '不是这个' }),
      await tryCredentials(portal, 'handler', { totp: '000000' }),
      await tryCredentials(portal, 'leader', { login: 'nobody' }),
    ];
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401]);
    expect(new Set(bodies).size).toBe(1);
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ error: { code: 'sign-in-failed' } });
    expect(answers.map((answer) => answer.headers.get('set-cookie'))).toEqual([null, null, null]);
  });

  test('takes a code once', async () => {
    await using portal = await createPortal();
    const totp = portal.nextTotp('triage');
    expect((await tryCredentials(portal, 'triage', { totp })).status).toBe(204);
    expect((await tryCredentials(portal, 'triage', { totp })).status).toBe(401);
  });

  test('takes a code once even when it comes twice at the same time', async () => {
    await using portal = await createPortal();
    const totp = portal.nextTotp('triage');
    const answers = await Promise.all([
      tryCredentials(portal, 'triage', { totp }),
      tryCredentials(portal, 'triage', { totp }),
    ]);
    expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([204, 401]);
  });

  test('reads logins and codes kindly: case, width and spaces do not matter', async () => {
    await using portal = await createPortal();
    const totp = portal.nextTotp('triage');
    const spaced = `${totp.slice(0, 3)} ${totp.slice(3)}`;
    const answer = await tryCredentials(portal, 'triage', { login: ' ＴRIAGE', totp: spaced });
    expect(answer.status).toBe(204);
  });

  test('says which field is empty', async () => {
    await using portal = await createPortal();
    const answer = await portal.call(PATH, { json: { login: '', password: '', totp: '' } });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      error: { fields: { login: '输入账号', password: '输入口令', totp: '输入动态码' } },
    });
  });

  test.each(['triage', 'nobody'])(
    'paces failures of %s and lets go after a minute',
    async (login) => {
      await using portal = await createPortal();
      const wrong = { login, password: '不是这个', totp: '000000' };
      const statuses: number[] = [];
      for (let attempt = 0; attempt < 6; attempt += 1) {
        statuses.push((await portal.call(PATH, { json: wrong })).status);
      }
      expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
      portal.advance(60_000);
      expect((await portal.call(PATH, { json: wrong })).status).toBe(401);
      portal.advance(60_000);
      expect((await tryCredentials(portal, 'triage')).status).toBe(204);
    },
  );

  test('paces attempts that are made at the same time', async () => {
    await using portal = await createPortal();
    const json = { login: 'triage', password: '不是这个', totp: '000000' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => portal.call(PATH, { json })),
    );
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(4);
  });

  test('forgets failures after a success', async () => {
    await using portal = await createPortal();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await tryCredentials(portal, 'triage', { password: '不是这个', totp: '000000' });
    }
    portal.advance(60_000);
    await portal.signIn('triage');
    const answer = await tryCredentials(portal, 'triage', { password: '不是这个' });
    expect(answer.status).toBe(401);
    expect((await tryCredentials(portal, 'triage')).status).toBe(204);
  });
});

describe('GET /api/staff/session', () => {
  test('says who is signed in, at which body, and what they may do', async () => {
    await using portal = await createPortal();
    const answer = await portal.call(PATH, { cookie: await portal.signIn('publisher-qingshan') });
    expect(await answer.json()).toMatchObject({
      name: '邝亦舟',
      posts: [{ bodyName: '青山镇人民政府', roleLabel: '发布员' }],
      capabilities: expect.arrayContaining(['import.upload']),
    });
  });

  test('refuses whoever is not signed in', async () => {
    await using portal = await createPortal();
    const answers = [
      await portal.call(PATH),
      await portal.call(PATH, { cookie: 'session=made-up' }),
      await portal.call(PATH, { cookie: `session=${'a'.repeat(43)}.${'b'.repeat(43)}` }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401]);
  });
});

test.each([
  ['DELETE', PATH],
  ['POST', '/api/staff/session/end'],
])('%s %s ends the session for good', async (method, path) => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('triage');
  const answer = await portal.call(path, { method, cookie });
  expect(answer.status).toBe(204);
  expect(answer.headers.get('set-cookie')).toMatch(/^session=; .*Max-Age=0/);
  expect((await portal.call(PATH, { cookie })).status).toBe(401);
});

describe('GET /api/staff/people', () => {
  test('shows the people of my body with their keys, and nobody of another body', async () => {
    await using portal = await createPortal();
    const cookie = await portal.signIn('township-qingshan');
    const { items } = (await (await portal.call('/api/staff/people', { cookie })).json()) as {
      items: { name: string; key: string; isSelf: boolean }[];
    };
    expect(items.map(({ name, key, isSelf }) => [name, key, isSelf])).toEqual([
      ['邝亦舟', 'held', false],
      ['池远山', 'held', true],
    ]);
  });

  test('shows a security administrator everybody below, but no key that is not needed', async () => {
    await using portal = await createPortal();
    const cookie = await portal.signIn('security');
    const { items } = (await (await portal.call('/api/staff/people', { cookie })).json()) as {
      items: { name: string; role: string; key: string }[];
    };
    expect(items.map((item) => item.name)).toContain('池远山');
    expect(items.map((item) => item.role)).not.toContain('discipline_liaison');
    expect(items.find((item) => item.role === 'auditor')?.key).toBe('not-needed');
  });
});
