import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishNow } from '#scripts/demo-content.ts';
import { expectStatus } from '#scripts/portal-client.ts';
import { judgeBoth } from '#support/accessible.ts';
import { csvOf, idOf } from '#support/lists.ts';
import { registerOf } from '#support/relatives.ts';
import { runPortal, watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPortal();
});
afterAll(async () => portal.close());

const ENTRY = { staff: '史柏青', unit: '青山镇人民政府', relative: '史守信' };
const REGISTER = registerOf([
  { ...ENTRY, id: idOf('19500628') },
  { ...ENTRY, staff: '罗良友', unit: '没有这个单位', id: idOf('19640816') },
  { ...ENTRY, id: '990101195006284871' },
]);

async function uploadList() {
  const cookie = await portal.signInCall('publisher-qingshan');
  const form = new FormData();
  form.set('aidType', 'RURAL_DIBAO');
  form.set('period', '2026-10');
  form.set('reviewBodyCode', 'bureau-990101000000');
  const list = csvOf([{ village: '石桥村', name: '史守信', id: idOf('19500628') }]);
  form.set('file', new Blob([list]), 'list.csv');
  const init = { method: 'POST', headers: { cookie }, body: form };
  await expectStatus(await portal.call('/api/staff/batches', init), 201);
}

test('the register of relatives, its import and its matches are accessible and fit a phone', async () => {
  await uploadList();
  const { window, page } = await portal.signInWindow('liaison');
  const complaints = watchConsole(page);
  const found: string[] = [];
  await page.goto('/staff/relatives/');
  found.push(...(await judgeBoth(page, 'empty register')));
  const file = { name: 'r.csv', mimeType: 'text/csv', buffer: Buffer.from(REGISTER) };
  await page.getByLabel('备案表').setInputFiles(file);
  await page.getByRole('button', { name: '导入' }).click();
  await page.getByText('新登记2条').waitFor();
  found.push(...(await judgeBoth(page, 'import')));
  await page.goto('/staff/relatives/');
  await page.getByRole('button', { name: '登记为线索' }).click();
  await page.getByText('由接收单位甄别').waitFor();
  await page.goto('/staff/relatives/?decided');
  found.push(...(await judgeBoth(page, 'decided')));
  await window.close();
  expect(found).toEqual([]);
  expect(complaints).toEqual([]);
});

test('the routing table, a row of it and a preview are accessible and fit a phone', async () => {
  await publishNow(portal.call, await portal.signInCall('publisher'));
  const { window, page } = await portal.signInWindow('leader');
  const complaints = watchConsole(page);
  const found: string[] = [];
  await page.goto('/staff/routing/');
  found.push(...(await judgeBoth(page, 'table')));
  await page.getByRole('button', { name: /修改\s*第2行/ }).click();
  await page.getByRole('button', { name: '放进草稿' }).waitFor();
  found.push(...(await judgeBoth(page, 'row')));
  await page.goto('/staff/routing/');
  await page.getByLabel('性质').selectOption('REPORT');
  await page.getByRole('checkbox').first().check();
  await page.getByLabel('地点').selectOption({ index: 2 });
  await page.getByRole('button', { name: '看送给谁' }).click();
  await page.getByText('建议承办').waitFor();
  found.push(...(await judgeBoth(page, 'preview')));
  await window.close();
  expect(found).toEqual([]);
  expect(complaints).toEqual([]);
});
