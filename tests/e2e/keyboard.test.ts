import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { runPublishedPortal } from '#support/accessible.ts';
import { expectStatus, postJson, solveProof } from '#scripts/portal-client.ts';
import { STALLING } from '#support/complaints.ts';
import { readReceipt } from '#support/complain.ts';
import { chooseByKey, tabTo } from '#support/keyboard.ts';
import { watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPublishedPortal();
});
afterAll(async () => portal.close());

async function goOn(page: Page, heading: string) {
  await tabTo(page, '继续');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

test('from the home page to the receipt and the answer with the keyboard alone, the focus always seen', async () => {
  const window = await portal.openWindow();
  const page = await window.newPage();
  const complaints = watchConsole(page);
  await page.goto('/');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('跳到主要内容');
  await tabTo(page, '我要举报投诉');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: '开始填写' }).waitFor();
  await tabTo(page, '开始填写');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '您要反映哪一类事情' }).waitFor();
  await chooseByKey(page, '举报');
  await goOn(page, '是什么问题');
  await tabTo(page, '推来推去、故意为难');
  await page.keyboard.press('Space');
  await goOn(page, '发生在哪个乡镇（街道）');
  await chooseByKey(page, '青山镇');
  await goOn(page, '发生在哪个村（社区）');
  await chooseByKey(page, '石桥村');
  await goOn(page, '反映的是谁');
  await chooseByKey(page, '不清楚');
  await goOn(page, '被反映的人和单位');
  await goOn(page, '发生了什么');
  await tabTo(page, '发生了什么');
  await page.keyboard.type('来回跑了五趟，材料一次比一次多，三个月还没有受理。');
  await goOn(page, '知道的话，再写几样');
  await goOn(page, '有没有照片、录音、文件');
  await goOn(page, '是否留下姓名和联系方式');
  await chooseByKey(page, '匿名');
  await goOn(page, '替自己还是替别人反映');
  await chooseByKey(page, '替自己');
  await goOn(page, '核对后提交');
  await page.waitForLoadState();
  await tabTo(page, '提交');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/complaints/receipt');
  const { code } = await readReceipt(page);
  await page.goto('/complaints/follow-up');
  await tabTo(page, '查询码');
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await page.getByText('办到哪一步').waitFor();
  expect(complaints).toEqual([]);
  await window.close();
});

test('a clerk opens a lead and takes its first step with the keyboard alone', async () => {
  const complaint = { ...STALLING, altcha: await solveProof(portal.call) };
  await expectStatus(await postJson(portal.call, '/api/complaints', complaint), 201);
  const { window, page } = await portal.signInWindow('intake');
  await page.goto('/staff/');
  await tabTo(page, '线索');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/staff/leads/');
  const reference = (await page.locator('tbody a').first().innerText()).trim();
  await tabTo(page, reference);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '可以办理的事项' }).waitFor();
  await tabTo(page, '转入甄别');
  await page.keyboard.press('Enter');
  await page.getByText('已办理').waitFor();
  expect(await page.locator('main').innerText()).toContain('甄别中');
  await window.close();
});
