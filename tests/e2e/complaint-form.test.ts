import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishNow } from '#scripts/demo-content.ts';
import { fillForm, goOn, readReceipt } from '#support/complain.ts';
import { runPortal, watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

const VILLAGE = '990101100203';
const TEXT = '村里评议那天没有开会，名单是会计一个人写的。';
const WEATHER = 'https://www.weather.com.cn/';
const TOLD = { problem: '走形式', text: TEXT };

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPortal();
  await publishNow(portal.call, await portal.signInCall('publisher'));
});
afterAll(async () => portal.close());

async function countLeads(): Promise<number> {
  const { db } = portal.context;
  return (await db.select().from(db.t.lead)).length;
}

async function stateOf(reference: string): Promise<string | undefined> {
  const { db } = portal.context;
  const leads = await db.select().from(db.t.lead);
  return leads.find((lead) => lead.reference === reference)?.state;
}

/** The shortest way to the page that asks what happened. */
async function goToText(page: Page) {
  await page.goto('/complaints/new');
  await page.getByRole('radio', { name: '咨询' }).check();
  await goOn(page, '发生在哪个乡镇（街道）');
  await page.getByRole('radio', { name: '不限于' }).check();
  await goOn(page, '发生了什么');
}

test('pressed twice, gone back and reloaded, it is one complaint with one receipt', async () => {
  const window = await portal.openWindow();
  const page = await window.newPage();
  const before = await countLeads();
  await fillForm(page, VILLAGE, TOLD);
  await page.getByRole('button', { name: '提交', exact: true }).evaluate((button) => {
    const press = () => (button as HTMLButtonElement).click();
    press();
    setTimeout(press, 60);
  });
  await page.waitForURL('**/complaints/receipt');
  const { code, reference } = await readReceipt(page);
  // The second press does not go without the proof that the first one waits for.
  expect(await stateOf(reference)).toBe('RECEIVED');
  await page.reload();
  expect((await readReceipt(page)).code).toBe(code);
  await page.goBack();
  await page.waitForURL('**/complaints/receipt');
  expect(await countLeads()).toBe(before + 1);
  await window.close();
});

test('whoever presses before the proof can be made waits for it, and presses once', async () => {
  const window = await portal.openWindow();
  const page = await window.newPage();
  const { promise: pressed, resolve: press } = Promise.withResolvers<void>();
  await window.route('**/_astro/_SubmitForm*.js', async (route) => {
    await pressed;
    await route.continue();
  });
  await fillForm(page, VILLAGE, TOLD);
  await page.getByRole('button', { name: '提交', exact: true }).click({ noWaitAfter: true });
  await page.getByText('正在准备安全验证').waitFor();
  press();
  await page.waitForURL('**/complaints/receipt');
  expect(await stateOf((await readReceipt(page)).reference)).toBe('RECEIVED');
  await window.close();
});

test('back shows the answer that was given, without asking to send it again', async () => {
  const window = await portal.openWindow({ javaScriptEnabled: false });
  const page = await window.newPage();
  await fillForm(page, VILLAGE, TOLD);
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await page.goBack();
  expect(await page.getByLabel('发生了什么').inputValue()).toBe(TEXT);
  await page.reload();
  expect(await page.getByLabel('发生了什么').inputValue()).toBe(TEXT);
  await window.close();
});

test('what was typed is back after a reload, and the form after its cookie has gone', async () => {
  const window = await portal.openWindow();
  const page = await window.newPage();
  const complaints = watchConsole(page);
  await page.goto('/complaints/new');
  await page.getByRole('radio', { name: '申诉' }).check();
  await goOn(page, '是什么问题');
  await page.getByRole('checkbox', { name: '钱给少了' }).check();
  await page.reload();
  expect(await page.getByRole('checkbox', { name: '钱给少了' }).isChecked()).toBe(true);
  expect(await page.getByText('已经放回来了').count()).toBe(1);
  await window.clearCookies();
  await page.reload();
  await page.getByRole('button', { name: '接着刚才的填写' }).click();
  await page.getByRole('heading', { level: 1, name: '是什么问题' }).waitFor();
  expect(await page.getByRole('checkbox', { name: '钱给少了' }).isChecked()).toBe(true);
  // The page of the lost form is a 404, which the browser notes.
  expect(complaints.filter((line) => !line.includes('404'))).toEqual([]);
  await window.close();
});

test('leaving shows the weather, and going back shows nothing of what was typed', async () => {
  const window = await portal.openWindow();
  const page = await window.newPage();
  await page.goto('/complaints/new');
  await page.getByRole('radio', { name: '举报' }).check();
  await goOn(page, '是什么问题');
  // There need not be a network outside: that it is asked for is enough.
  const left = page.waitForRequest(WEATHER);
  await page.getByRole('link', { name: '快速离开' }).click();
  await left;
  expect((await window.cookies()).map(({ name }) => name)).not.toContain('form');
  const again = page.waitForRequest(WEATHER);
  await page.goBack().catch(() => null);
  await again;
  await window.close();
});

test('Shift three times leaves, but not while somebody types', async () => {
  const window = await portal.openWindow();
  const page = await window.newPage();
  await goToText(page);
  const field = page.getByLabel('发生了什么');
  await field.fill('补贴');
  for (let press = 0; press < 4; press += 1) await field.press('Shift');
  await field.press('End');
  expect(await field.inputValue()).toBe('补贴');
  const left = page.waitForRequest(WEATHER);
  await page.getByRole('button', { name: '继续' }).focus();
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift');
  await left;
  await window.close();
});

test('the letters left are counted as a reader counts them', async () => {
  const window = await portal.openWindow();
  const page = await window.newPage();
  await goToText(page);
  await page.getByLabel('发生了什么').fill('补贴👨‍👩‍👧');
  await page.getByText('还可以写3997个字').waitFor();
  expect(await page.getByRole('button', { name: '继续' }).count()).toBe(1);
  await window.close();
});
