import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { addMonths, civilDateOf } from '#rules/civil-date.ts';
import { DISCLOSURE_CHECKS } from '#rules/disclosure-review.ts';
import { expectStatus, postJson } from '#scripts/portal-client.ts';
import { judgeBoth } from '#support/accessible.ts';
import { csvOf, idOf } from '#support/lists.ts';
import type { CsvHousehold } from '#support/lists.ts';
import { runPortal, watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

const BUREAU = 'bureau-990101000000';
const STAYS = { village: '柳树村', name: '任桂香', id: idOf('19550101') };
const CHANGES = { village: '柳树村', name: '安向阳', id: idOf('19580404') };
const LEAVES = { village: '柳树村', name: '段兰香', id: idOf('19560202') };
const LEAVES_TOO = { village: '东河村', name: '陆秋实', id: idOf('19570303') };
const JOINS = { village: '东河村', name: '万三妹', id: idOf('19590505') };
const THIS_MONTH = civilDateOf(Date.now()).slice(0, 7);
const [BEFORE, LAST] = [addMonths(THIS_MONTH, -2), addMonths(THIS_MONTH, -1)];

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPortal();
  const first = await upload(BEFORE, [STAYS, CHANGES, LEAVES, LEAVES_TOO]);
  const decision = { decision: 'approve', disclosureReview: true };
  const path = `/api/staff/batches/${first}/decision`;
  const reviewer = await portal.signInCall('reviewer');
  await expectStatus(await postJson(portal.call, path, decision, reviewer), 204);
});
afterAll(async () => portal.close());

async function upload(period: string, households: CsvHousehold[]): Promise<string> {
  const form = new FormData();
  form.set('bodyCode', BUREAU);
  form.set('reviewBodyCode', BUREAU);
  form.set('aidType', 'RURAL_DIBAO');
  form.set('period', period);
  form.set('file', new Blob([csvOf(households)]), 'list.csv');
  const cookie = await portal.signInCall('publisher');
  const init = { method: 'POST', headers: { cookie }, body: form };
  const answer = await portal.call('/api/staff/batches', init);
  await expectStatus(answer, 201);
  return ((await answer.json()) as { id: string }).id;
}

async function approve(page: Page) {
  await page.getByLabel('通过', { exact: true }).check();
  for (const { label } of Object.values(DISCLOSURE_CHECKS)) await page.getByLabel(label).check();
  await page.getByRole('button', { name: '提交审查结果' }).click();
}

test('a reviewer sees what changes, says why households left, previews a page and approves', async () => {
  const id = await upload(LAST, [STAYS, { ...CHANGES, amount: '620' }, JOINS]);
  const { page, window } = await portal.signInWindow('reviewer', { javaScriptEnabled: false });
  const complaints = watchConsole(page);
  await page.goto(`/staff/lists/${id}/`);
  await page.getByText('新增1户，退出2户，变更1户').waitFor();
  await approve(page);
  await page.getByText('2户退出没有注明原因').first().waitFor();
  // The browser reports the answer 422; anything else would be a fault of the page.
  expect(complaints.splice(0)).toEqual([expect.stringContaining('422')]);

  await page.getByRole('link', { name: '注明退出原因' }).click();
  await page.getByRole('checkbox', { name: '段*香' }).check();
  await page.getByLabel('退出原因', { exact: true }).selectOption('DEATH');
  await page.getByRole('button', { name: '用于勾选的户' }).click();
  await page.getByText('已注明1户').waitFor();
  await page.getByLabel('退出原因', { exact: true }).selectOption('OTHER');
  await page.getByRole('button', { name: '用于筛选出的1户' }).click();
  await page.getByText('都已注明原因').waitFor();
  await page.getByRole('link', { name: '返回' }).click();

  await page.getByRole('link', { name: '柳树村', exact: true }).click();
  await page.getByText('退出：死亡').waitFor();
  expect(await page.getByText('原500.00').count()).toBe(1);
  await page.getByRole('link', { name: '预览柳树村的页面' }).click();
  await page.getByText('预览，尚未公开').waitFor();
  const names = await page.locator('.preview tbody th').allTextContents();
  expect(names.map((name) => name.trim())).toEqual(['任*香', '安*阳']);
  await page.getByRole('link', { name: '返回' }).click();

  await approve(page);
  await page.getByText('已通过').first().waitFor();
  expect(await page.getByText(DISCLOSURE_CHECKS.SENSITIVE.label).count()).toBe(1);
  expect(complaints).toEqual([]);
  await window.close();
});

test('a list under review and its exits are accessible and fit a narrow phone', async () => {
  const id = await upload(LAST, [STAYS, { ...CHANGES, amount: '640' }]);
  const { page, window } = await portal.signInWindow('reviewer');
  const found: string[] = [];
  for (const path of ['', 'exits/']) {
    await page.goto(`/staff/lists/${id}/${path}`);
    found.push(...(await judgeBoth(page, path)));
  }
  expect(found).toEqual([]);
  await window.close();
});

test('a month like the last one is reported with one click and waits for a second person', async () => {
  const { page, window } = await portal.signInWindow('publisher', { javaScriptEnabled: false });
  await page.goto('/staff/lists/');
  await page.getByRole('button', { name: '按此报送' }).click();
  await page.getByText('新增0户，退出0户，变更0户').waitFor();
  expect(await page.getByText('上传的人不能审查').count()).toBe(1);
  await page.goto('/staff/lists/?status=review');
  expect(await page.locator('tbody tr').count()).toBeGreaterThan(0);
  expect(await page.getByRole('button', { name: '按此报送' }).count()).toBe(0);
  await window.close();
});
