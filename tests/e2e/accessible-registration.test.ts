import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishNow } from '#scripts/demo-content.ts';
import { judgeBoth } from '#support/accessible.ts';
import { VILLAGE } from '#support/complaints.ts';
import { runPortal, watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPortal();
  // The form offers the places and bodies that are published.
  await publishNow(portal.call, await portal.signInCall('publisher'));
});
afterAll(async () => portal.close());

test('a call is written down by keyboard, and a second one like it is told to triage', async () => {
  const found: string[] = [];
  const { window, page } = await portal.signInWindow('triage');
  const complaints = watchConsole(page);
  const references: string[] = [];
  for (const round of ['first', 'again']) {
    await page.goto('/staff/leads/new/');
    await page.getByLabel('怎么收到的').selectOption({ label: '来电' });
    await page.getByLabel('类别', { exact: true }).selectOption({ label: '申诉求决' });
    await page.getByLabel('反映的内容').fill('低保停了，没有人说明原因。');
    await page.getByRole('checkbox', { name: '脱保' }).press('Space');
    await page.getByLabel('姓名', { exact: true }).nth(1).fill('演示反映人');
    await page.getByLabel('联系方式').fill('100-0000-0009');
    if (round === 'first') {
      await page.getByLabel('联系方式').press('Enter');
      await page.getByText('选择发生在哪里').first().waitFor();
      found.push(...(await judgeBoth(page, 'registration with errors')));
    }
    await page.getByLabel('发生在哪里').selectOption(VILLAGE);
    await page.getByLabel('联系方式').press('Enter');
    await page.getByRole('heading', { name: '交给反映人' }).waitFor();
    references.push((await page.locator('.panel strong').textContent()) ?? '');
    found.push(...(await judgeBoth(page, 'slip')));
    await page.getByRole('link', { name: '打开这件线索' }).click();
    await page.getByRole('heading', { name: '反映的内容' }).waitFor();
  }
  expect(references.every((reference) => reference.startsWith('YG-2026-'))).toBe(true);
  const intake = await portal.signInWindow('intake');
  await intake.page.goto(`/staff/leads/${references[1]}/`);
  await intake.page.getByRole('button', { name: '转入甄别' }).click();
  await intake.page.getByText('已办理').waitFor();
  await intake.window.close();
  await page.reload();
  await page.getByText('可能是重复反映').waitFor();
  found.push(...(await judgeBoth(page, 'repeats')));
  await window.close();
  expect(found).toEqual([]);
  // A form that is refused answers 422, which Chromium notes.
  expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
});
