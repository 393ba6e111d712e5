import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { publishNow } from '#scripts/demo-content.ts';
import { fillForm, sendFilled } from '#support/complain.ts';
import type { Told } from '#support/complain.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { runPortal, watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

const STALLING = '镇里的经办人让我来回跑了五趟，材料一次比一次多，三个月还没有受理。';
const STAFF = '民政局窗口收了材料以后再没有消息，问了几次都说领导不在，请别的部门查一查。';
const QUESTION = '您说的五趟，最早一次大约是哪一天？';
const ANSWER = '最早一次是七月初，镇上逢集的那天。';

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPortal();
  await publishDirectory();
});
afterAll(async () => portal.close());

/** The form offers the places and bodies that are published. */
async function publishDirectory() {
  await publishNow(portal.call, await portal.signInCall('publisher'));
}

const VILLAGE = '990101100203';
const ABOUT_TOWNSHIP = {
  text: STALLING,
  role: '乡镇（街道）经办人员',
  problem: '推来推去',
  body: '青山镇人民政府',
};
const ABOUT_BUREAU = { text: STAFF, role: '民政局工作人员', problem: '不办事' };

/** Fills the form as an anonymous citizen of 石桥村 and submits it; answers code and reference. */
async function complain(page: Page, told: Told) {
  await fillForm(page, VILLAGE, told);
  const receipt = await sendFilled(page);
  expect(receipt.code).toMatch(/\w/);
  expect(receipt.reference).not.toBe('');
  return receipt;
}

async function followUp(page: Page, code: string) {
  await page.goto('/complaints/follow-up');
  await page.getByLabel('查询码').fill(code);
  await page.getByRole('button', { name: '查询', exact: true }).click();
}

/** Takes a step of the lead by its label; one that asks something is opened, its long text filled. */
async function takeStep(page: Page, label: string, text?: string) {
  const step = page.locator('.step', { has: page.getByText(label, { exact: false }) }).first();
  if (await step.locator('summary').isVisible()) await step.locator('summary').click();
  if (text) await step.locator('textarea').first().fill(text);
  await step.getByRole('button').click();
  await page.getByText('已办理').waitFor();
}

async function statusFor(login: string, reference: string): Promise<number> {
  const cookie = await portal.signInCall(login);
  return (await portal.call(`/api/staff/leads/${reference}`, { headers: { cookie } })).status;
}

async function tellAskAndAnswer(options: BrowserContextOptions, firstState: string) {
  const window = await portal.openWindow(options);
  const citizen = await window.newPage();
  const complaints = watchConsole(citizen);
  const { code, reference } = await complain(citizen, ABOUT_TOWNSHIP);

  const clerk = await portal.signInWindow('intake', options);
  await clerk.page.goto(`/staff/leads/${reference}/`);
  expect(await clerk.page.getByText(firstState).count()).toBeGreaterThan(0);
  if (firstState === '待筛查') await takeStep(clerk.page, '筛查通过');
  await takeStep(clerk.page, '转入甄别');
  await clerk.window.close();

  const triage = await portal.signInWindow('triage', options);
  await triage.page.goto('/staff/leads/');
  await triage.page.getByRole('link', { name: reference }).click();
  expect(await triage.page.getByText(STALLING).count()).toBe(1);
  await takeStep(triage.page, '请反映人补充', QUESTION);
  await triage.window.close();

  await followUp(citizen, code);
  expect(await citizen.getByText(QUESTION).count()).toBe(1);
  await citizen.getByLabel('回答问题').fill(ANSWER);
  await citizen.getByRole('button', { name: '发送回答' }).click();
  expect(await citizen.getByText(ANSWER).count()).toBe(1);
  expect(complaints).toEqual([]);
  await window.close();
  return reference;
}

test('a citizen complains anonymously, the bureau asks, the citizen answers by code, and the township sees nothing', async () => {
  const reference = await tellAskAndAnswer({}, '已接收');
  expect(await statusFor('township-qingshan', reference)).toBe(404);
  const township = await portal.signInWindow('township-longwan');
  await township.page.goto('/staff/leads/');
  expect(await township.page.getByText(reference).count()).toBe(0);
  await township.window.close();
  expect(findInFolder(portal.dataDir, [STALLING, QUESTION, ANSWER])).toEqual([]);
});

test('a complaint about civil-affairs staff is seen by the discipline group and by nobody in the bureau', async () => {
  const window = await portal.openWindow();
  const { reference } = await complain(await window.newPage(), ABOUT_BUREAU);
  await window.close();
  for (const login of ['triage', 'section-chief', 'leader', 'handler', 'auditor', 'sysadmin']) {
    expect(await statusFor(login, reference), login).toBe(404);
  }
  expect(await statusFor('liaison', reference)).toBe(200);
  expect(findInFolder(portal.dataDir, [STAFF])).toEqual([]);
});

test('with JavaScript off the same complaint goes to the screening lane and is answered alike', async () => {
  const reference = await tellAskAndAnswer({ javaScriptEnabled: false }, '待筛查');
  expect(await statusFor('township-qingshan', reference)).toBe(404);
});

test('a correction begins at the village and is asked, refused and shown in its own words', async () => {
  const window = await portal.openWindow();
  const page = await window.newPage();
  await page.goto('/places/990101100202/');
  await page.getByRole('link', { name: '信息有误或不应公开' }).click();
  await page.getByRole('button', { name: '继续' }).click();
  expect(await page.locator('.error-summary a').allInnerTexts()).toEqual([
    '选择是哪一种情况',
    '写下哪一条、应该怎样',
  ]);
  await page.getByRole('radio', { name: '信息有误' }).check();
  await page.getByLabel('哪一条，应该怎样').fill('第2行的金额不对。\n应该是三百元。');
  await page.getByRole('button', { name: '继续' }).click();
  const answers = page.locator('.summary-value');
  await answers.first().waitFor();
  // 东河村 stands in two townships.
  expect((await answers.allInnerTexts()).slice(0, 3)).toEqual([
    '信息有误',
    '青山镇东河村',
    '第2行的金额不对。\n应该是三百元。',
  ]);
  await window.close();
});
