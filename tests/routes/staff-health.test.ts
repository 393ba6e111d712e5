import { expect, test } from 'vitest';
import { recordJobRun } from '#services/job-runs.ts';
import { publish } from '#publishing/publish.ts';
import type { SiteHealth } from '#routes/staff-health.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import type { z } from 'zod';

async function readHealth(portal: FreshPortal) {
  const cookie = await portal.signIn('publisher');
  const answer = await portal.call('/api/staff/health', { cookie });
  expect(answer.status).toBe(200);
  return (await answer.json()) as z.infer<typeof SiteHealth>;
}

test('a job says when it last ran and how it ended; one that never ran is late two days after the set-up', async () => {
  await using portal = await createPortal();
  const read = async () =>
    (await readHealth(portal)).jobs.map(({ name, outcome, isLate }) => [name, outcome, isLate]);
  await recordJobRun(portal.context, 'sweep', async () => undefined);
  const failing = recordJobRun(portal.context, 'publish-due', () =>
    Promise.reject(new Error('the disk is full')),
  );
  await expect(failing).rejects.toThrow('the disk is full');
  const never = ['lapse-questions', 'count-months', 'remind', 'verify-audit'];
  expect(await read()).toEqual([
    ['publish-due', 'failed', false],
    ['sweep', 'done', false],
    ...never.map((name) => [name, null, false]),
  ]);
  portal.advance(3 * 24 * 60 * 60_000);
  expect(await read()).toEqual([
    ['publish-due', 'failed', true],
    ['sweep', 'done', true],
    ...never.map((name) => [name, null, true]),
  ]);
});

test('before the first publication there is nothing to show, after it every township', async () => {
  await using portal = await createPortal();
  expect(await readHealth(portal)).toMatchObject({ asOf: null, towns: [], publication: null });
  await publish(portal.context);
  const health = await readHealth(portal);
  expect(health.publication).toMatchObject({ status: 'live' });
  expect(health.towns.length).toBeGreaterThan(1);
  expect(health.waiting).toEqual({ gateWarnings: 0, takeDowns: 0 });
});

test('who neither publishes nor looks after the server is refused', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('intake');
  expect((await portal.call('/api/staff/health', { cookie })).status).toBe(403);
  expect((await portal.call('/api/staff/health', {})).status).toBe(401);
});
