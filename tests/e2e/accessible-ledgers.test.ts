import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectStatus, postJson, solveProof } from '#scripts/portal-client.ts';
import { judgeBoth } from '#support/accessible.ts';
import { STALLING } from '#support/complaints.ts';
import { runPortal, watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPortal();
});
afterAll(async () => portal.close());

const OLD = [
  '收到日期,来源,乡镇,问题类别,主要内容,被反映人角色',
  '2019-05-03,来信,青山镇,漏保,母亲没有享受低保。,无',
].join('\r\n');

function csv(text: string) {
  return { name: 'old.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
}

test('ledgers and the way in for old ones are accessible, and a download begins', async () => {
  const complaint = { ...STALLING, altcha: await solveProof(portal.call) };
  await expectStatus(await postJson(portal.call, '/api/complaints', complaint), 201);
  const { window, page } = await portal.signInWindow('intake');
  const complaints = watchConsole(page);
  const found: string[] = [];
  for (const ledger of ['leads', 'hotspots', 'referrals']) {
    await page.goto(`/staff/ledgers/?ledger=${ledger}`);
    const judged = await judgeBoth(page, ledger);
    // The ledger of leads has 33 columns; they scroll within their frame.
    found.push(...judged.filter((problem) => !/^leads \(wide\): \d+px too wide$/.test(problem)));
  }
  await page.goto('/staff/ledgers/backlog/');
  found.push(...(await judgeBoth(page, 'backlog')));
  await page.getByLabel('旧台账').setInputFiles(csv(OLD.replace('青山镇', '没有这个镇')));
  await page.getByRole('button', { name: '核对' }).click();
  await page.getByText('现在什么都没有录入').waitFor();
  found.push(...(await judgeBoth(page, 'backlog with errors')));
  await page.goto('/staff/ledgers/backlog/');
  await page.getByLabel('旧台账').setInputFiles(csv(OLD));
  await page.getByRole('button', { name: '核对' }).click();
  await page.getByRole('button', { name: '确认录入1件' }).click();
  await page.getByText('已录入1件').waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '导出 .xlsx' }).click();
  expect((await download).suggestedFilename()).toMatch(
    /^群众举报问题线索统计台账20180101-\d{8}\.xlsx$/,
  );
  await window.close();
  expect(found).toEqual([]);
  expect(complaints).toEqual([]);
});
