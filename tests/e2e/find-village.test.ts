import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPublicReader } from '#publishing/public-reader.ts';
import { loadSiteBuild } from '#publishing/site-build.ts';
import { judgeBoth, runPublishedPortal } from '#support/accessible.ts';
import { watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPublishedPortal();
});
afterAll(async () => portal.close());

test('a village is found on the home page by its name and opened with the keyboard alone', async () => {
  const window = await portal.openWindow();
  const page = await window.newPage();
  const complaints = watchConsole(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('/');
  const title = await page.locator('.town .link-grid li:nth-child(2) a').first().textContent();
  await page.getByRole('searchbox').fill(title?.trim() ?? '');
  await page.locator('.results a').first().waitFor();
  expect(await page.getByRole('status').textContent()).toMatch(/^找到\d+个/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/places/*/');
  expect(await page.locator('h1').textContent()).toContain(title?.trim());
  expect(complaints).toEqual([]);
  expect(asked.filter((url) => !url.startsWith(portal.url))).toEqual([]);
  await window.close();
});

test('without JavaScript the box leads to the index of the site, which leads to the village', async () => {
  const window = await portal.openWindow({ javaScriptEnabled: false });
  const page = await window.newPage();
  await page.goto('/');
  await page.getByRole('searchbox').fill('村');
  await page.getByRole('button', { name: '查找' }).click();
  await page.waitForURL('**/search/?q=*');
  const village = page.locator('.town .link-grid li:nth-child(2) a').first();
  const name = (await village.textContent())?.trim() ?? '';
  await village.click();
  expect(await page.locator('h1').textContent()).toContain(name);
  await window.close();
});

test('the search page shows what the address asks for', async () => {
  const window = await portal.openWindow();
  const page = await window.newPage();
  await page.goto('/search/?q=dibao');
  await page.locator('.results a').first().waitFor();
  expect(await page.locator('.results').textContent()).toContain('最低生活保障');
  expect(await judgeBoth(page, 'search with results')).toEqual([]);
  await window.close();
});

test.each(['normal.normal', 'large.normal', 'largest.high'])(
  'every component is accessible and fits a narrow phone: %s',
  async (value) => {
    const window = await portal.openWindow();
    await window.addCookies([{ name: 'prefs', value, url: portal.url }]);
    const page = await window.newPage();
    const html = await renderComponents();
    await page.route('**/components/', (route) =>
      route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }),
    );
    await page.goto('/components/');
    expect(await judgeBoth(page, 'components')).toEqual([]);
    await window.close();
  },
);

/** No page of the site: the portal does not serve it. */
async function renderComponents(): Promise<string> {
  const build = await loadSiteBuild();
  const locals = {
    read: createPublicReader(join(portal.dataDir, 'public')),
    now: Date.now(),
    api: async () => new Response(null, { status: 503 }),
  };
  return (await build.renderWhole(new Request(new URL('/components/', portal.url)), locals)).text();
}
