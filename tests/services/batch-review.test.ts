import { expect, test } from 'vitest';
import { ALL_CHECKS } from '#rules/disclosure-review.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { csvOf, decideList, idOf, uploadBatchId } from '#support/lists.ts';

const PEOPLE = [
  { village: '柳树村', name: '任桂香', id: idOf('19550101') },
  { village: '柳树村', name: '段兰香', id: idOf('19560202') },
];
const LIST = { file: csvOf(PEOPLE), fileName: 'list.csv' };

test('a list of a township is reviewed at the county, and not by another township', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher-qingshan');
  const id = await uploadBatchId(portal, publisher, LIST);
  const answer = await decideList(portal, await portal.signIn('reviewer'), id, 'approve');
  expect(answer.status).toBe(204);
  const view = await portal.call(`/api/staff/batches/${id}`, { cookie: publisher });
  expect(await view.json()).toMatchObject({
    bodyCode: 'township-990101100000',
    reviewBodyCode: 'bureau-990101000000',
    status: 'approved',
    disclosureChecks: [...ALL_CHECKS],
    may: { decide: false, setExits: false },
  });
});

test('every check of the disclosure review is ticked before an approval', async () => {
  await using portal = await createPortal();
  const id = await uploadBatchId(portal, await portal.signIn('publisher'), LIST);
  const cookie = await portal.signIn('reviewer');
  const path = `/api/staff/batches/${id}/decision`;
  const some = { decision: 'approve', disclosureChecks: ALL_CHECKS.slice(1) };
  const refused = await portal.call(path, { cookie, json: some });
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({
    error: { fields: { disclosureChecks: expect.stringContaining('全部勾选') } },
  });
  const all = { decision: 'approve', disclosureChecks: ALL_CHECKS };
  expect((await portal.call(path, { cookie, json: all })).status).toBe(204);
});

test('a notice gets its term with the approval, is compared with nothing and keeps no counts', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('reviewer');
  const publisher = await portal.signIn('publisher');
  await decideList(portal, cookie, await uploadBatchId(portal, publisher, LIST), 'approve');
  const { db } = portal.context;
  const counts = await db.$count(db.t.batchCount);
  const one = { ...LIST, file: csvOf(PEOPLE.slice(1)), fields: { kind: 'REVIEW_NOTICE' } };
  const id = await uploadBatchId(portal, publisher, one);
  const before = await portal.call(`/api/staff/batches/${id}`, { cookie });
  expect(await before.json()).toMatchObject({ comparedWith: null, startsAt: null });
  const preview = await portal.call(`/api/staff/batches/${id}/preview?place=990101100201`, {
    cookie,
  });
  expect(await preview.json()).toMatchObject({
    list: null,
    notice: { kind: 'REVIEW_NOTICE', rows: [{ no: 1, maskedName: '段*香' }] },
  });
  expect((await decideList(portal, cookie, id, 'approve')).status).toBe(204);
  const after = await portal.call(`/api/staff/batches/${id}`, { cookie });
  // Approved on Friday 2026-11-20 for seven days: to the end of Friday 2026-11-27.
  expect(await after.json()).toMatchObject({
    startsAt: Date.parse('2026-11-20T09:00:00+08:00'),
    endsAt: Date.parse('2026-11-28T00:00:00+08:00'),
  });
  expect(await db.$count(db.t.batchCount)).toBe(counts);
});

test('who reviews a month older than what stands is told that the site keeps the later one', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher');
  const reviewer = await portal.signIn('reviewer');
  async function newerThan(id: string) {
    const answer = await portal.call(`/api/staff/batches/${id}`, { cookie: reviewer });
    return ((await answer.json()) as { newerPeriod: string | null }).newerPeriod;
  }
  const november = await uploadBatchId(portal, publisher, { ...LIST, period: '2026-11' });
  expect(await newerThan(november)).toBe(null);
  await decideList(portal, reviewer, november, 'approve');
  const october = await uploadBatchId(portal, publisher, { ...LIST, period: '2026-10' });
  expect(await newerThan(october)).toBe('2026-11');
  const again = await uploadBatchId(portal, publisher, { ...LIST, period: '2026-11' });
  expect(await newerThan(again)).toBe(null);
  await decideList(portal, reviewer, october, 'approve');
  expect(await newerThan(october)).toBe(null);
});

test('the overview shows what waits first and can be filtered', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher');
  const reviewer = await portal.signIn('reviewer');
  const waiting = await uploadBatchId(portal, publisher, { ...LIST, period: '2026-08' });
  const done = await uploadBatchId(portal, publisher, { ...LIST, period: '2026-10' });
  await decideList(portal, reviewer, done, 'reject');
  const ids = async (query: string) => {
    const answer = await portal.call(`/api/staff/batches${query}`, { cookie: reviewer });
    return ((await answer.json()) as { items: { id: string }[] }).items.map((item) => item.id);
  };
  expect(await ids('')).toEqual([waiting, done]);
  expect(await ids('?status=rejected&kind=&period=')).toEqual([done]);
  expect(await ids('?period=2026-08')).toEqual([waiting]);
  expect(await ids('?kind=REVIEW_NOTICE')).toEqual([]);
  expect(await ids('?page=2')).toEqual([]);
  const wrong = await portal.call('/api/staff/batches?period=20', { cookie: reviewer });
  expect(wrong.status).toBe(422);
});
