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

test('what is due, the calendar and the audit log are accessible and fit a phone', async () => {
  const complaint = { ...STALLING, altcha: await solveProof(portal.call) };
  await expectStatus(await postJson(portal.call, '/api/complaints', complaint), 201);
  const { db } = portal.context;
  await db.transaction((tx) => tx.update(tx.t.lead).set({ dueOn: '2026-11-19' }));
  const found: string[] = [];
  const consoles: string[][] = [];
  const visits: [login: string, paths: string[]][] = [
    ['triage', ['/staff/', '/staff/leads/due/', '/staff/leads/phone/']],
    ['security', ['/staff/calendar/', '/staff/calendar/load/']],
    ['auditor', ['/staff/audit/', '/staff/audit/?from=x']],
  ];
  for (const [login, paths] of visits) {
    const { window, page } = await portal.signInWindow(login);
    consoles.push(watchConsole(page));
    for (const path of paths) {
      await page.goto(path);
      found.push(...(await judgeBoth(page, path)));
    }
    await window.close();
  }
  expect(found).toEqual([]);
  // The one page that is answered with an error is asked for on purpose.
  expect(consoles.flat().filter((text) => !text.includes('422'))).toEqual([]);
});
