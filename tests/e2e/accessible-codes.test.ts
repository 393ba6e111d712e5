import { afterAll, beforeAll, expect, test } from 'vitest';
import { postJson, solveProof } from '#scripts/portal-client.ts';
import { CODE_BYTES, makeQueryCode } from '#rules/receipt.ts';
import { STALLING } from '#support/complaints.ts';
import { runPortal } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';
import { NARROW, judgeBoth } from '#support/accessible.ts';

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPortal();
});
afterAll(async () => portal.close());

test('both holders of a query code are told of each other on pages that everybody can use', async () => {
  const complaint = { ...STALLING, altcha: await solveProof(portal.call) };
  const filed = await postJson(portal.call, '/api/complaints', complaint);
  const { queryCode } = (await filed.json()) as { queryCode: string };
  const window = await portal.openWindow({ viewport: NARROW });
  const page = await window.newPage();
  const newCode = makeQueryCode(crypto.getRandomValues(new Uint8Array(CODE_BYTES)));
  await postJson(portal.call, '/api/follow-up/code', { queryCode, newCode });
  const found: string[] = [];
  await page.goto('/complaints/follow-up');
  await page.getByLabel('查询码').fill(queryCode);
  await page.getByRole('button', { name: '查询', exact: true }).click();
  found.push(...(await judgeBoth(page, 'old code')));
  await page.getByRole('button', { name: '不是我换的' }).click();
  await page.getByLabel('您当时反映的是什么事').fill('去了五次，每次都说材料不全。');
  await page.getByRole('button', { name: '不是我换的' }).click();
  await page.getByText('工作人员正在核实').waitFor();
  await page.goto('/complaints/follow-up');
  await page.getByLabel('查询码').fill(newCode);
  await page.getByRole('button', { name: '查询', exact: true }).click();
  await page.getByText('不是本人换的码').waitFor();
  found.push(...(await judgeBoth(page, 'new code')));
  expect(found).toEqual([]);
  await window.close();
});
