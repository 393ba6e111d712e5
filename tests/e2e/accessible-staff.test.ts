import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectStatus, postJson, solveProof } from '#scripts/portal-client.ts';
import { STALLING } from '#support/complaints.ts';
import { csvOf, idOf } from '#support/lists.ts';
import { watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';
import { judgeBoth, runPublishedPortal } from '#support/accessible.ts';

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPublishedPortal();
});
afterAll(async () => portal.close());

test('the pages of staff are accessible and their tables fold on a phone', async () => {
  const found: string[] = [];
  const complaint = { ...STALLING, altcha: await solveProof(portal.call) };
  await expectStatus(await postJson(portal.call, '/api/complaints', complaint), 201);
  const intake = await portal.signInWindow('intake');
  const complaints = watchConsole(intake.page);
  await intake.page.goto('/staff/leads/');
  found.push(...(await judgeBoth(intake.page, 'queue')));
  await intake.page.locator('tbody a').first().click();
  await intake.page.getByRole('heading', { name: '办理经过' }).waitFor();
  for (const step of await intake.page.locator('summary').all()) await step.click();
  found.push(...(await judgeBoth(intake.page, 'lead')));
  await intake.window.close();

  const { window, page } = await portal.signInWindow('publisher');
  complaints.push(...watchConsole(page));
  for (const path of [
    '/',
    '/lists/',
    '/lists/new/',
    '/publication/',
    '/boards/',
    '/health/',
    '/people/',
  ]) {
    await page.goto(`/staff${path}`);
    found.push(...(await judgeBoth(page, `/staff${path}`)));
  }
  await page.goto('/staff/lists/');
  await page.locator('tbody a').first().click();
  await page.getByRole('link', { name: '预览' }).waitFor();
  found.push(...(await judgeBoth(page, 'list')));
  await page.getByRole('link', { name: '预览' }).click();
  await page.getByText('预览，尚未公开').waitFor();
  found.push(...(await judgeBoth(page, 'preview of a village')));
  await page.goto('/staff/boards/');
  await page.locator('tbody a').first().click();
  await page.getByRole('heading', { name: '打印公示栏名单' }).waitFor();
  found.push(...(await judgeBoth(page, 'board sheet')));
  await window.close();
  const security = await portal.signInWindow('security');
  await security.page.goto('/staff/boards/settings/');
  found.push(...(await judgeBoth(security.page, 'board settings')));
  await security.page.goto('/staff/small-villages/');
  found.push(...(await judgeBoth(security.page, 'small villages')));
  await security.window.close();
  expect(found).toEqual([]);
  expect(complaints).toEqual([]);
});

test('a folded row keeps room for the label of an empty cell', async () => {
  const { window, page } = await portal.signInWindow('publisher');
  await page.goto('/staff/people/');
  const cells = page.locator('.records td[data-label]');
  await cells.evaluateAll((all) => all.forEach((cell) => cell.replaceChildren()));
  expect(await cells.count()).toBeGreaterThan(0);
  expect(await judgeBoth(page, 'empty cells')).toEqual([]);
  await window.close();
});

test('changes of single households are accessible from the proposal to the history', async () => {
  const found: string[] = [];
  const { window, page } = await portal.signInWindow('publisher');
  const complaints = watchConsole(page);
  // A notice's households are not corrected one by one.
  await page.goto('/staff/lists/?kind=LIST');
  await page.locator('tbody a').first().click();
  await page
    .getByRole('link', { name: /^撤下\s*第/ })
    .last()
    .click();
  await page.getByLabel('信息有误').check();
  await page.getByRole('button', { name: '确认撤下' }).click();
  await page.goto('/staff/lists/?kind=LIST');
  await page.locator('tbody a').first().click();
  await page.getByRole('link', { name: '提出单户的退出或更正' }).click();
  await page.getByRole('button', { name: '继续' }).click();
  found.push(...(await judgeBoth(page, 'change with errors')));
  await page.getByRole('checkbox').first().check();
  await page.getByLabel('退出', { exact: true }).check();
  await page.getByLabel('退出的原因').selectOption({ label: '死亡' });
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByRole('heading', { name: '核对后提交' }).waitFor();
  found.push(...(await judgeBoth(page, 'change, check')));
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByText('等另一位人员审核').waitFor();
  found.push(...(await judgeBoth(page, 'changes of the publisher')));
  await page.goto('/staff/changes/protected/');
  await page.getByRole('button', { name: '登记' }).click();
  found.push(...(await judgeBoth(page, 'register')));
  await window.close();

  const reviewer = await portal.signInWindow('reviewer');
  await reviewer.page.goto('/staff/changes/');
  found.push(...(await judgeBoth(reviewer.page, 'changes of the reviewer')));
  await reviewer.page.getByRole('checkbox').first().check();
  await reviewer.page.getByRole('button', { name: '通过勾选的更改' }).click();
  await reviewer.page.getByText('已通过，正在更新网站').waitFor();
  await reviewer.page.getByRole('button', { name: '恢复公开' }).first().click();
  await reviewer.page.getByText('已恢复').first().waitFor();
  found.push(...(await judgeBoth(reviewer.page, 'history of changes')));
  await reviewer.window.close();
  expect(found).toEqual([]);
  // A form that is refused answers 422, which Chromium notes.
  expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([]);
});

test('the pages of an upload are accessible and fit a narrow phone', async () => {
  const found: string[] = [];
  const { window, page } = await portal.signInWindow('publisher');
  const complaints = watchConsole(page);
  await page.goto('/staff/lists/new/');
  await page.getByLabel('审核公示').check();
  await page.getByLabel('公示天数').fill('10');
  found.push(...(await judgeBoth(page, 'notice')));
  await page.getByLabel('救助类型').selectOption('RURAL_DIBAO');
  await page.getByRole('button', { name: '继续' }).click();
  const file = csvOf([
    { village: '柳树村', name: '陆秋实', id: idOf('19570303') },
    { village: '老柳树屯', name: '段兰香', id: idOf('19560202') },
  ]);
  const upload = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(file) };
  await page.getByLabel('名单（家庭表）').setInputFiles(upload);
  found.push(...(await judgeBoth(page, 'file')));
  await page.getByRole('button', { name: '上传' }).click();
  await page.getByRole('heading', { name: '文件里需要看的地方' }).waitFor();
  found.push(...(await judgeBoth(page, 'list in review')));
  await page.getByRole('link', { name: '村（社区）的写法' }).click();
  await page.getByRole('button', { name: '确认这些写法' }).waitFor();
  found.push(...(await judgeBoth(page, 'spellings')));
  await window.close();
  expect(found).toEqual([]);
  expect(complaints).toEqual([]);
});
