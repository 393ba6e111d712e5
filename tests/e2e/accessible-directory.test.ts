import { afterAll, beforeAll, expect, test } from 'vitest';
import { judgeBoth, runPublishedPortal } from '#support/accessible.ts';
import { watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPublishedPortal();
});
afterAll(async () => portal.close());

test('editing standards and texts is accessible and fits a phone, previews and mistakes too', async () => {
  const { window, page } = await portal.signInWindow('publisher', { javaScriptEnabled: true });
  const complaints = watchConsole(page);
  const found: string[] = [];
  const paths = [
    ...['/staff/standards/', '/staff/standards/new/', '/staff/texts/'],
    ...['/staff/texts/edit/?slug=dibao', '/staff/texts/new/?section=policy'],
  ];
  for (const path of paths) {
    await page.goto(path);
    found.push(...(await judgeBoth(page, path)));
  }
  await page.goto('/staff/standards/new/');
  await page.getByRole('button', { name: '预览' }).click();
  found.push(...(await judgeBoth(page, 'standard with mistakes')));
  await page.getByLabel('救助类型和地区').selectOption('RURAL_DIBAO:rural');
  await page.getByLabel('每人每月').fill('7200');
  await page.getByLabel('从哪天起执行').fill('2027-07-01');
  await page.getByLabel('文号').fill('示民发〔2027〕9号');
  await page.getByRole('button', { name: '预览' }).click();
  await page.getByText('请再看一遍').waitFor();
  found.push(...(await judgeBoth(page, 'standard to check')));
  await page.goto('/staff/texts/edit/?slug=application');
  await page.getByRole('button', { name: '预览' }).click();
  await page.getByText('预览：网页上将是这样').waitFor();
  found.push(...(await judgeBoth(page, 'preview of a form')));
  expect(found).toEqual([]);
  expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
  await window.close();
});

test('without JavaScript an amount is published from the form to the page', async () => {
  const { window, page } = await portal.signInWindow('publisher', { javaScriptEnabled: false });
  await page.goto('/staff/standards/new/');
  await page.getByLabel('救助类型和地区').selectOption('RURAL_DIBAO:rural');
  await page.getByLabel('每人每月').fill('720');
  await page.getByLabel('从哪天起执行').fill('2027-07-01');
  await page.getByLabel('文号').fill('示民发〔2027〕9号');
  await page.getByRole('button', { name: '预览' }).click();
  expect(await page.locator('.preview').innerText()).toContain('720.00');
  await page.getByRole('button', { name: '保存并发布' }).click();
  await page.getByText('已保存，一分钟内更新到').waitFor();
  await expect
    .poll(async () => (await portal.call('/standards/')).text(), { timeout: 20_000 })
    .toContain('720.00');
  await window.close();
});

test('without JavaScript two people who edit a text at once lose nothing', async () => {
  const one = await portal.signInWindow('publisher', { javaScriptEnabled: false });
  const other = await one.window.newPage();
  for (const page of [one.page, other]) await page.goto('/staff/texts/edit/?slug=tekun');
  await one.page.getByLabel('标题').fill('特困供养（甲）');
  await one.page.getByRole('button', { name: '预览' }).click();
  expect(await one.page.locator('.preview').innerText()).toContain('特困供养（甲）');
  await one.page.getByRole('button', { name: '保存并发布' }).click();
  await one.page.getByText('已保存').waitFor();
  await other.getByLabel('标题').fill('特困供养（乙）');
  await other.getByRole('button', { name: '保存并发布' }).click();
  await other.getByText('这一篇刚被别人改过').waitFor();
  expect(await other.locator('main').innerText()).toContain('特困供养（甲）');
  expect(await other.getByLabel('标题').inputValue()).toBe('特困供养（乙）');
  await other.getByRole('button', { name: '保存并发布' }).click();
  await other.getByText('已保存').waitFor();
  await one.window.close();
});

test('settings of the site are accessible, with a preview of the footer', async () => {
  const { window, page } = await portal.signInWindow('security');
  const found: string[] = [];
  await page.goto('/staff/site/');
  found.push(...(await judgeBoth(page, 'settings')));
  await page.getByLabel('承办单位').fill('示范区救助服务中心');
  await page.getByRole('button', { name: '预览页脚' }).click();
  expect(await page.locator('.preview').innerText()).toContain('承办单位：示范区救助服务中心');
  found.push(...(await judgeBoth(page, 'footer')));
  expect(found).toEqual([]);
  await window.close();
});
