import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectStatus, postJson, solveProof } from '#scripts/portal-client.ts';
import { judgeBoth } from '#support/accessible.ts';
import { STALLING } from '#support/complaints.ts';
import { TO_OUTSIDE } from '#support/referrals.ts';
import { runPortal, watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPortal();
  const complaint = { ...STALLING, altcha: await solveProof(portal.call) };
  const answer = await postJson(portal.call, '/api/complaints', complaint);
  await expectStatus(answer, 201);
  const { reference } = (await answer.json()) as { reference: string };
  await step('intake', reference, 'claim', 'RECEIVED');
  await step('section-chief', reference, 'transfer', 'TRIAGE', TO_OUTSIDE);
  await step('leader', reference, 'transfer', 'TRIAGE');
});
afterAll(async () => portal.close());

async function step(
  login: string,
  reference: string,
  event: string,
  from: string,
  fields: object = {},
) {
  const path = `/api/staff/leads/${reference}/transitions`;
  const cookie = await portal.signInCall(login);
  await expectStatus(await postJson(portal.call, path, { event, from, fields }, cookie), 200);
}

test('the list of letters and a letter are accessible, and a short one prints on one A4 page', async () => {
  const { window, page } = await portal.signInWindow('section-chief');
  const complaints = watchConsole(page);
  const found: string[] = [];
  await page.goto('/staff/referrals/');
  found.push(...(await judgeBoth(page, 'list')));
  await page.locator('tbody th a').click();
  await page.getByRole('heading', { name: '回执' }).waitFor();
  await page.locator('summary').click();
  found.push(...(await judgeBoth(page, 'letter')));
  expect(found).toEqual([]);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.staff-header').isVisible()).toBe(false);
  expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(false);
  expect(await page.locator('.letter').isVisible()).toBe(true);
  await page.emulateMedia({ media: null });
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  expect(pdf).toContain('MediaBox [0 0 594.95996 841.91998]');
  expect(complaints).toEqual([]);
  await window.close();
});
