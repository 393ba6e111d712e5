import { expect, test } from 'vitest';
import { readConfig } from '#api/config.ts';
import type { Context } from '#api/context.ts';
import { preferenceRoutes } from '#routes/preferences.ts';

function openRoutes(publicUrl?: string) {
  const config = readConfig({ PUBLIC_URL: publicUrl });
  const routes = preferenceRoutes({ config } as Context);
  async function choose(fields: Record<string, string>, cookie = '') {
    const body = new URLSearchParams({ back: '/standards/', ...fields });
    const answer = await routes.request('/api/prefs', {
      method: 'POST',
      body,
      headers: { cookie },
    });
    const [set = ''] = answer.headers.getSetCookie();
    return { to: answer.headers.get('location'), set, cookie: set.split(';')[0] ?? '' };
  }
  async function styleFor(cookie: string) {
    return (await routes.request('/prefs.css', { headers: { cookie } })).text();
  }
  return { choose, styleFor };
}

test('a size is chosen, then a contrast, and neither undoes the other', async () => {
  const { choose, styleFor } = openRoutes();
  const large = await choose({ size: 'largest' });
  expect(large.to).toBe('/standards/');
  const both = await choose({ contrast: 'high' }, large.cookie);
  expect(both.cookie).toBe('prefs=largest.high');
  expect(await styleFor(both.cookie)).toContain('--text-scale:1.7;');
  const back = await choose({ size: 'normal' }, both.cookie);
  expect(back.cookie).toBe('prefs=normal.high');
});

test('what nobody offers is the standard, and leads nowhere else', async () => {
  const { choose, styleFor } = openRoutes();
  for (const back of ['//evil.example', 'https://evil.example', '/\\evil.example', '/a\nb']) {
    expect((await choose({ size: 'huge', back })).to).toBe('/');
  }
  expect((await choose({ size: 'huge' })).cookie).toBe('prefs=normal.normal');
  expect(await styleFor('prefs=;}body{display:none}')).toBe('');
});

test('the cookie is for pages only, and behind https for https only', async () => {
  const { set } = await openRoutes('https://dibao.example.cn').choose({ size: 'large' });
  expect(set).toMatch(/HttpOnly/);
  expect(set).toMatch(/Secure/);
  expect(set).toMatch(/SameSite=Lax/);
});
