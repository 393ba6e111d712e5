import { expect, test } from 'vitest';
import { takeBacklog } from '#services/backlog.ts';
import { CASE, fileOf, previewBacklog } from '#support/backlog.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk } from '#support/leads.ts';

const PROGRESS = '/api/staff/ledgers/backlog/progress';
const CASES = Array.from({ length: 60 }, (_, index) => {
  return { ...CASE, 序号: `${index + 1}`, 线索编号: `信2019-${index + 1}` };
});

test('a long intake goes on by itself, tells how far it is, and ends in the ledger', async () => {
  await using portal = await createPortal({ pages: true });
  const desk = createDesk(portal);
  const file = fileOf(CASES);
  const { token } = await previewBacklog(desk, 'intake', file);
  const given = { bytes: Buffer.from(file, 'base64'), name: '旧台账.csv' };
  const actor = await portal.actorOf('intake');
  const page = `/staff/ledgers/backlog/running/?token=${token}`;
  // Once before, so that the page is loaded while the intake is still running.
  await desk.call('intake', page);
  const started = await takeBacklog(portal.context, actor, given, token, 0);
  expect(started).toMatchObject({ taken: null, running: true });

  const html = await (await desk.call('intake', page)).text();
  expect(html).toMatch(/已加密\d+件，共60件/u);
  expect(html).toContain('http-equiv="refresh"');
  const other = await desk.call('triage', `${PROGRESS}?token=${token}`);
  expect(other.status).toBe(404);

  await expect
    .poll(async () => (await desk.call('intake', `${PROGRESS}?token=${token}`)).json(), {
      timeout: 20_000,
    })
    .toEqual({ total: 60, done: 60, state: 'taken', message: null });
  const ended = await desk.call('intake', page);
  expect(ended.status).toBe(303);
  expect(ended.headers.get('location')).toBe('/staff/ledgers/?from=2018-01-01&taken=60');
});

test('the page of an intake that nobody knows says that nothing was taken', async () => {
  await using portal = await createPortal({ pages: true });
  const html = await (
    await createDesk(portal).call('intake', '/staff/ledgers/backlog/running/?token=x')
  ).text();
  expect(html).toContain('一件也没有录入');
});
