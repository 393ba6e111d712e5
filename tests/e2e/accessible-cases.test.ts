import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishNow } from '#scripts/demo-content.ts';
import { judgeBoth } from '#support/accessible.ts';
import { runPortal, watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPortal();
  // The form offers the places that are published.
  await publishNow(portal.call, await portal.signInCall('publisher'));
});
afterAll(async () => portal.close());

test('a case is written, sent back, handed in again, approved and taken down, each page accessible', async () => {
  const found: string[] = [];
  const consoles: string[][] = [];
  const town = await portal.signInWindow('township-qingshan');
  consoles.push(watchConsole(town.page));
  const { page } = town;
  await page.goto('/staff/cases/');
  found.push(...(await judgeBoth(page, 'cases')));
  await page.getByRole('link', { name: '起草案例' }).first().click();
  await page.getByLabel('违规事实').fill('村民陈演示隐瞒收入，骗取低保。');
  await page.getByRole('button', { name: '报送审核' }).click();
  await page.getByText('填写标题。').first().waitFor();
  found.push(...(await judgeBoth(page, 'form with errors')));
  await page.getByLabel('标题').fill('某村低保户隐瞒收入');
  await page.getByLabel('处理结果').fill('停发低保，追回低保金。');
  await page.getByLabel('作出处理的日期').fill('2026-11-01');
  await page.getByLabel('来源').selectOption({ label: '自查发现' });
  await page.getByRole('button', { name: '报送审核' }).click();
  await page.getByText('已报送').first().waitFor();
  found.push(...(await judgeBoth(page, 'case of a township')));

  const bureau = await portal.signInWindow('reviewer');
  const review = bureau.page;
  consoles.push(watchConsole(review));
  await review.goto('/staff/cases/');
  await review.getByRole('link', { name: '某村低保户隐瞒收入' }).click();
  await review.getByText('可能是姓名1处').waitFor();
  found.push(...(await judgeBoth(review, 'review')));
  await review.getByRole('radio', { name: '退回' }).check();
  await review.getByLabel('退回的原因').fill('姓名写成“陈某”。');
  await review.getByRole('button', { name: '提交审核结果' }).click();
  await review.getByText('已退回。').waitFor();

  await page.reload();
  await page.getByRole('link', { name: '修改' }).click();
  found.push(...(await judgeBoth(page, 'change')));
  await page.getByLabel('违规事实').fill('村民陈某隐瞒收入，骗取低保。');
  await page.getByRole('button', { name: '报送审核' }).click();
  await page.getByText('已报送').first().waitFor();
  await town.window.close();

  await review.reload();
  await review.getByText('没有发现号码').waitFor();
  await review.getByRole('radio', { name: '通过' }).check();
  for (const box of await review.getByRole('checkbox').all()) await box.check();
  await review.getByRole('button', { name: '提交审核结果' }).click();
  await review.getByText('已通过，下次发布时上网').waitFor();
  await publishNow(portal.call, await portal.signInCall('publisher'));
  await review.reload();
  await review.getByRole('link', { name: '网站上的页面' }).click();
  await review.getByRole('heading', { name: '处理结果' }).waitFor();
  found.push(...(await judgeBoth(review, 'page of a case')));
  await review.goto('/cases/');
  found.push(...(await judgeBoth(review, 'cases of the site')));
  await review.goto('/staff/cases/');
  await review.getByRole('link', { name: '某村低保户隐瞒收入' }).click();
  await review.getByRole('link', { name: '从网站撤下' }).click();
  found.push(...(await judgeBoth(review, 'take-down')));
  await review.getByRole('radio', { name: '内容有误' }).check();
  await review.getByRole('button', { name: '确认撤下' }).click();
  await review.getByText('已撤下，约一分钟内').waitFor();
  found.push(...(await judgeBoth(review, 'taken down')));
  await bureau.window.close();
  expect(found).toEqual([]);
  // A form that is refused answers 422, which Chromium notes.
  expect(consoles.flat().filter((text) => !text.includes('422'))).toEqual([]);
}, 180_000);
