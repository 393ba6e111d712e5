import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DISCLOSURE_CHECKS } from '#rules/disclosure-review.ts';
import type { BrowserContextOptions } from 'playwright-core';
import { findInFolder } from '#support/scan-folder.ts';
import { runPortal, watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

const HOUSEHOLDS = fileURLToPath(
  new URL('../../scripts/specimens/layout-a-households.xlsx', import.meta.url),
);
const PERSONS = fileURLToPath(
  new URL('../../scripts/specimens/layout-a-persons.xlsx', import.meta.url),
);
/** 石桥村 in 青山镇 and two of its households, as the specimen names them. */
const VILLAGE = '/places/990101100203/';
const FULL_NAMES = ['史守信', '任菊香'];
const ID_NUMBERS = ['990101195006284870', '990101194607123787'];

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPortal();
});
afterAll(async () => portal.close());

/** Uploads as the publisher, approves as the reviewer, publishes; answers what the pages complained of. */
async function publishSpecimen(period: string, options: BrowserContextOptions): Promise<string[]> {
  const { page, window } = await portal.signInWindow('publisher', options);
  const complaints = watchConsole(page);
  await page.goto('/staff/lists/new/');
  await page.getByLabel('救助类型').selectOption('RURAL_DIBAO');
  await page.getByLabel('名单的月份').fill(period);
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByLabel('名单（家庭表）').setInputFiles(HOUSEHOLDS);
  await page.getByLabel('人员表').setInputFiles(PERSONS);
  await page.getByRole('button', { name: '上传' }).click();
  await page.waitForURL(/\/staff\/lists\/[\w-]+\/$/);
  const batch = new URL(page.url()).pathname;
  expect(await page.getByRole('button', { name: '提交审查结果' }).count()).toBe(0);

  const reviewer = await portal.signInWindow('reviewer', options);
  const reviewerComplaints = watchConsole(reviewer.page);
  await reviewer.page.goto(batch);
  await reviewer.page.getByLabel('通过', { exact: true }).check();
  for (const { label } of Object.values(DISCLOSURE_CHECKS)) {
    await reviewer.page.getByLabel(label).check();
  }
  await reviewer.page.getByRole('button', { name: '提交审查结果' }).click();
  await reviewer.page.getByText('已通过').first().waitFor();

  await page.goto('/staff/publication/');
  await page.getByRole('button', { name: '立即发布' }).click();
  await expect
    .poll(
      async () => {
        await page.goto('/staff/publication/');
        return page.getByText('已上线').count();
      },
      { timeout: 30_000 },
    )
    .toBeGreaterThan(0);
  await window.close();
  await reviewer.window.close();
  return [...complaints, ...reviewerComplaints];
}

test('a publisher uploads, a reviewer approves, and a resident finds masked names on the village page', async () => {
  expect(await publishSpecimen('2026-10', {})).toEqual([]);
  const window = await portal.openWindow();
  const resident = await window.newPage();
  const complaints = watchConsole(resident);
  await resident.goto('/');
  await resident.getByRole('link', { name: '石桥村' }).click();
  expect(new URL(resident.url()).pathname).toBe(VILLAGE);
  const names = await resident.locator('table tbody th').allTextContents();
  expect(names.map((name) => name.trim())).toEqual(expect.arrayContaining(['史*信', '任*香']));
  expect(await resident.locator('meta[name=robots]').getAttribute('content')).toContain('noindex');
  expect(complaints).toEqual([]);
  const whole = [...FULL_NAMES, ...ID_NUMBERS];
  expect(findInFolder(portal.dataDir, whole)).toEqual([]);
  await window.close();
});

test('the same works with JavaScript off', async () => {
  await publishSpecimen('2026-11', { javaScriptEnabled: false });
  const window = await portal.openWindow({ javaScriptEnabled: false });
  const resident = await window.newPage();
  await resident.goto(VILLAGE);
  expect(await resident.getByText('2026年11月').count()).toBeGreaterThan(0);
  await window.close();
});
