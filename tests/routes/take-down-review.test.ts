import { expect, test } from 'vitest';
import { readBatch } from '#db/queries/batches.ts';
import { listCorrectionsSince } from '#db/queries/corrections.ts';
import { listRowsOf, readListRow } from '#db/queries/list-rows.ts';
import { listTakeDowns } from '#db/queries/take-downs.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { csvOf, decideList, uploadBatchId } from '#support/lists.ts';
import {
  HOUSEHOLDS,
  publicFolders,
  publishHouseholds,
  publishedBy,
} from '#support/publications.ts';
import { findInFolder } from '#support/scan-folder.ts';

function takeDownRow(portal: FreshPortal, cookie: string, id: string | undefined, reason: string) {
  return publishedBy(portal, () =>
    portal.call(`/api/staff/rows/${id}/take-down`, { cookie, json: { reason } }),
  );
}

async function readPending(portal: FreshPortal) {
  const [first] = await listTakeDowns(portal.context.db, [DEMO_BODIES.bureau], '2026-01-01');
  return first?.takeDown;
}

async function review(portal: FreshPortal, cookie: string, decision: string) {
  const { id } = (await readPending(portal)) ?? {};
  return portal.call(`/api/staff/take-downs/${id}/decision`, { cookie, json: { decision } });
}

async function kindsOfCorrections(portal: FreshPortal) {
  const found = await listCorrectionsSince(portal.context.db, '2026-01-01');
  return found.map(({ kind, reason }) => `${kind} ${reason}`);
}

function findPublic(portal: FreshPortal, needle: string) {
  return publicFolders(portal).flatMap((folder) => findInFolder(folder, [needle]));
}

test('a take-down waits for a second person, who confirms it', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, rows } = await publishHouseholds(portal);
  await takeDownRow(portal, publisher, rows[0]?.id, 'OTHER');
  expect(await readPending(portal)).toMatchObject({ status: 'pending', kind: 'row' });
  expect((await review(portal, publisher, 'confirm')).status).toBe(404);
  expect((await review(portal, reviewer, 'confirm')).status).toBe(204);
  expect((await review(portal, reviewer, 'confirm')).status).toBe(204);
  expect((await review(portal, await portal.signIn('leader'), 'reverse')).status).toBe(409);
  expect(await readPending(portal)).toMatchObject({ status: 'confirmed' });
});

test('who took it down cannot review it', async () => {
  await using portal = await createPortal();
  const { reviewer, rows } = await publishHouseholds(portal);
  await takeDownRow(portal, reviewer, rows[0]?.id, 'OTHER');
  expect((await review(portal, reviewer, 'confirm')).status).toBe(403);
});

test('a household that is put back stands on the site again at once', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, rows } = await publishHouseholds(portal);
  await takeDownRow(portal, publisher, rows[0]?.id, 'WRONG');
  expect(findPublic(portal, '陆*实')).toEqual([]);
  await publishedBy(portal, () => review(portal, reviewer, 'reverse'));
  expect(findPublic(portal, '陆*实').length).toBeGreaterThan(0);
  expect(await kindsOfCorrections(portal)).toEqual(['row-removed WRONG', 'row-restored REVIEWED']);
});

test('the corrections page cannot tell why what should not be public was taken down', async () => {
  await using portal = await createPortal();
  const { publisher, rows } = await publishHouseholds(portal);
  await takeDownRow(portal, publisher, rows[0]?.id, 'SHOULD_NOT_BE_PUBLIC');
  await takeDownRow(portal, publisher, rows[1]?.id, 'PROTECTED');
  expect(await kindsOfCorrections(portal)).toEqual(['row-removed RULES']);
});

test('a protected household is not put back before its protection is lifted', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, rows } = await publishHouseholds(portal);
  await takeDownRow(portal, publisher, rows[0]?.id, 'PROTECTED');
  expect((await review(portal, reviewer, 'reverse')).status).toBe(409);
  expect(await readListRow(portal.context.db, rows[0]?.id ?? '')).toMatchObject({
    visibility: 'taken-down',
  });
});

test('a withdrawn list can be put back, and goes live with the next publication', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, id } = await publishHouseholds(portal);
  await publishedBy(portal, () =>
    portal.call(`/api/staff/batches/${id}/withdraw`, {
      cookie: publisher,
      json: { reason: 'WRONG' },
    }),
  );
  expect(findPublic(portal, '陆*实')).toEqual([]);
  expect((await review(portal, reviewer, 'reverse')).status).toBe(204);
  expect(await readBatch(portal.context.db, id)).toMatchObject({ status: 'approved' });
  const answer = await publishedBy(portal, () =>
    portal.call('/api/staff/publications', { cookie: publisher, json: {} }),
  );
  expect(answer.status).toBe(202);
  expect(findPublic(portal, '陆*实').length).toBeGreaterThan(0);
  expect(await kindsOfCorrections(portal)).toEqual([
    'list-restored REVIEWED',
    'list-withdrawn WRONG',
  ]);
});

test('the names of a withdrawn list are destroyed once a second person has confirmed', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, id } = await publishHouseholds(portal);
  const path = `/api/staff/batches/${id}/withdraw`;
  await publishedBy(portal, () =>
    portal.call(path, { cookie: publisher, json: { reason: 'WRONG' } }),
  );
  expect((await readBatch(portal.context.db, id))?.salt).not.toBe('');
  await review(portal, reviewer, 'confirm');
  await publishedBy(portal, () =>
    portal.call('/api/staff/publications', { cookie: publisher, json: {} }),
  );
  expect((await readBatch(portal.context.db, id))?.salt).toBe('');
});

test('a withdrawn list is not put back where a newer one stands', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, id } = await publishHouseholds(portal);
  const path = `/api/staff/batches/${id}/withdraw`;
  await publishedBy(portal, () =>
    portal.call(path, { cookie: publisher, json: { reason: 'WRONG' } }),
  );
  const file = csvOf(HOUSEHOLDS);
  const next = await uploadBatchId(portal, publisher, {
    file,
    fileName: 'list.csv',
    period: '2026-11',
  });
  await decideList(portal, reviewer, next, 'approve');
  expect((await review(portal, reviewer, 'reverse')).status).toBe(409);
  expect(await readBatch(portal.context.db, id)).toMatchObject({ status: 'withdrawn' });
});

test('the queue of take-downs says what was taken down, why and by whom', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, rows } = await publishHouseholds(portal);
  await takeDownRow(portal, publisher, rows[0]?.id, 'OTHER');
  const read = async (cookie: string) =>
    ((await (await portal.call('/api/staff/take-downs', { cookie })).json()) as { items: unknown })
      .items;
  expect(await read(reviewer)).toMatchObject([
    { place: '青山镇柳树村', reason: 'OTHER', by: '聂清和', mayReview: true, households: 1 },
  ]);
  expect(await read(publisher)).toMatchObject([{ mayReview: false }]);
  expect(await read(await portal.signIn('publisher-qingshan'))).toEqual([]);
});

test('of a list that waits for its review nothing is taken down and nothing is said', async () => {
  await using portal = await createPortal();
  const { publisher } = await publishHouseholds(portal);
  const file = { file: csvOf(HOUSEHOLDS), fileName: 'list.csv', period: '2026-11' };
  const id = await uploadBatchId(portal, publisher, file);
  const [row] = await listRowsOf(portal.context.db, id);
  const path = `/api/staff/rows/${row?.id}/take-down`;
  const answer = await portal.call(path, { cookie: publisher, json: { reason: 'WRONG' } });
  expect(answer.status).toBe(409);
  expect(await kindsOfCorrections(portal)).toEqual([]);
});
