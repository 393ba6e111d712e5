import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runPublishedPortal } from '#support/accessible.ts';
import { findPageFaults } from '#support/page-folders.ts';
import { watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

/** A wide window at 200 %, and A4 between its margins. */
const ZOOMED = { width: 640, height: 450 };
const PAPER = { width: 680, height: 960 };
const NOT_PRINTED = '.site-nav, .header-tools, .breadcrumbs, .footer-links, .skip-link, .button';

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPublishedPortal();
});
afterAll(async () => portal.close());

/** Every page that is live, whoever made it. */
function listLivePages(): string[] {
  const files = globSync('**/*.html', { cwd: join(portal.dataDir, 'site') });
  return files.map((file) => `/${file.replace(/(^|\/)index\.html$/, '$1')}`).toSorted();
}

async function excessOf(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}

test('every live page is read without JavaScript and at 200 %, prints without its navigation, and asks nobody else', async () => {
  const pages = listLivePages();
  expect(pages.length).toBeGreaterThan(40);
  const window = await portal.openWindow({ javaScriptEnabled: false, viewport: ZOOMED });
  const page = await window.newPage();
  const complaints = watchConsole(page);
  const asked = new Set<string>();
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  const found: string[] = [];
  for (const path of pages) {
    const answer = await page.goto(path);
    const html = (await answer?.text()) ?? '';
    const headers = new Headers(answer?.headers());
    found.push(...findPageFaults({ headers }, html).map((words) => `${path}: ${words}`));
    if ((await page.locator('main').innerText()).length < 20)
      found.push(`${path}: nothing to read`);
    const excess = await excessOf(page);
    if (excess > 0) found.push(`${path}: ${excess}px too wide at 200 %`);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize(PAPER);
    const printed = await page.locator(NOT_PRINTED).filter({ visible: true }).count();
    if (printed > 0) found.push(`${path}: prints what is only for the screen`);
    if (!(await page.locator('h1').isVisible())) found.push(`${path}: prints no heading`);
    const beyond = await excessOf(page);
    if (beyond > 0) found.push(`${path}: ${beyond}px beyond the paper`);
    await page.emulateMedia({ media: null });
    await page.setViewportSize(ZOOMED);
  }
  expect(found).toEqual([]);
  expect([...asked]).toEqual([portal.url]);
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
  await window.close();
});
