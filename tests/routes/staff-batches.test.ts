import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';
import {
  csvOf,
  decideList,
  idOf,
  readProblems,
  readSpecimen,
  uploadBatchId,
} from '#support/lists.ts';

const BUREAU = 'bureau-990101000000';
const layoutA = { file: readSpecimen('layout-a-households.xlsx') };

test('a list waits for review with its totals, problems and masked rows', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher');
  const id = await uploadBatchId(portal, publisher, {
    ...layoutA,
    persons: readSpecimen('layout-a-persons.xlsx'),
  });
  const reviewer = await portal.signIn('reviewer');
  const answer = await portal.call(`/api/staff/batches/${id}`, { cookie: reviewer });
  const view = (await answer.json()) as {
    status: string;
    households: number;
    persons: number;
    amountCents: number;
    villages: { households: number; joined: number; withheld: number }[];
    rows: { maskedName: string | null }[];
    may: { decide: boolean };
  };
  expect(view).toMatchObject({ status: 'review', households: 38, persons: 75 });
  expect(view.amountCents).toBe(3_395_250);
  const problems = await readProblems(portal, reviewer, id);
  expect(problems).toContainEqual(
    expect.objectContaining({ kind: 'rejected', line: 15, words: '身份证号最后一位校验不对' }),
  );
  const withheld = problems.filter((problem) => problem.kind === 'withheld');
  expect(withheld.map((problem) => problem.line)).toEqual([7, 12]);
  expect(view.villages.reduce((sum, village) => sum + village.joined, 0)).toBe(38);
  expect(view.villages.reduce((sum, village) => sum + village.withheld, 0)).toBe(2);
  expect(view.rows.every((row) => row.maskedName?.includes('*') ?? true)).toBe(true);
  expect(view.may.decide).toBe(true);
});

test('an uploader who is also a reviewer cannot decide about the own list', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  const cookie = await portal.signIn('publisher');
  const id = await uploadBatchId(portal, cookie, layoutA);
  const actor = await portal.actorOf('publisher');
  const post = { id: 'second-post', personId: actor.personId, bodyCode: BUREAU };
  await db.transaction(async (tx) => {
    const dates = { startsOn: '2025-01-01', endsOn: null };
    await tx.insert(tx.t.post).values({ ...post, ...dates, role: 'reviewer' });
  });
  const answer = await decideList(portal, cookie, id, 'approve');
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ error: { code: 'own-approval' } });
});

test('a publisher without the reviewer role cannot decide', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const id = await uploadBatchId(portal, cookie, layoutA);
  const answer = await decideList(portal, cookie, id, 'approve');
  expect(answer.status).toBe(403);
});

test('a reviewer approves once; the second decision is refused', async () => {
  await using portal = await createPortal();
  const id = await uploadBatchId(portal, await portal.signIn('publisher'), layoutA);
  const reviewer = await portal.signIn('reviewer');
  expect((await decideList(portal, reviewer, id, 'approve')).status).toBe(204);
  const again = await decideList(portal, reviewer, id, 'reject');
  expect(again.status).toBe(409);
  const view = await portal.call(`/api/staff/batches/${id}`, { cookie: reviewer });
  expect(await view.json()).toMatchObject({ status: 'approved', decidedBy: '裴书言' });
});

test('an approval needs the disclosure review, a return does not', async () => {
  await using portal = await createPortal();
  const id = await uploadBatchId(portal, await portal.signIn('publisher'), layoutA);
  const answer = await portal.call(`/api/staff/batches/${id}/decision`, {
    cookie: await portal.signIn('reviewer'),
    json: { decision: 'approve', disclosureReview: false },
  });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({
    error: { fields: { disclosureReview: expect.stringContaining('公开审查') } },
  });
  const returned = await portal.call(`/api/staff/batches/${id}/decision`, {
    cookie: await portal.signIn('reviewer'),
    json: { decision: 'reject', note: '村名写错了。' },
  });
  expect(returned.status).toBe(204);
});

test('a rejected list goes back with a note that the uploader can read', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher');
  const id = await uploadBatchId(portal, publisher, layoutA);
  await decideList(portal, await portal.signIn('reviewer'), id, 'reject', '第19行的村名请核对。');
  const view = await portal.call(`/api/staff/batches/${id}`, { cookie: publisher });
  expect(await view.json()).toMatchObject({ status: 'rejected', note: '第19行的村名请核对。' });
});

test('a township publishes its own villages only', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher-qingshan');
  const id = await uploadBatchId(portal, cookie, layoutA);
  const answer = await portal.call(`/api/staff/batches/${id}`, { cookie });
  const view = (await answer.json()) as {
    body: string;
    villages: { placeCode: string }[];
  };
  expect(view.body).toContain('青山镇');
  expect(view.villages.every((village) => village.placeCode.startsWith('990101100'))).toBe(true);
  const problems = await readProblems(portal, cookie, id);
  expect(problems.some((problem) => problem.words.includes('区划表里没有'))).toBe(true);
});

test('a list of the bureau is not there for a township', async () => {
  await using portal = await createPortal();
  const id = await uploadBatchId(portal, await portal.signIn('publisher'), layoutA);
  const cookie = await portal.signIn('publisher-qingshan');
  expect((await portal.call(`/api/staff/batches/${id}`, { cookie })).status).toBe(404);
  const list = await portal.call('/api/staff/batches', { cookie });
  expect(await list.json()).toMatchObject({ items: [], total: 0, bodies: [] });
});

test('the next month is compared with what stands on the site', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher');
  const reviewer = await portal.signIn('reviewer');
  const stays = { village: '柳树村', name: '任桂香', id: idOf('19550101') };
  const leaves = { village: '柳树村', name: '段兰香', id: idOf('19560202') };
  const joins = { village: '柳树村', name: '陆秋实', id: idOf('19570303') };
  const first = await uploadBatchId(portal, publisher, {
    file: csvOf([stays, leaves]),
    fileName: 'list.csv',
    period: '2026-09',
  });
  await decideList(portal, reviewer, first, 'approve');
  const second = await uploadBatchId(portal, publisher, {
    file: csvOf([{ ...stays, amount: '620' }, joins]),
    fileName: 'list.csv',
  });
  const answer = await portal.call(`/api/staff/batches/${second}`, { cookie: reviewer });
  expect(await answer.json()).toMatchObject({
    comparedWith: { period: '2026-09' },
    villages: [{ place: '柳树村', joined: 1, left: 1, changed: 1, small: true, uniqueNames: 2 }],
  });
});

test('a village that everybody left is still named with its exits after the approval', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher');
  const reviewer = await portal.signIn('reviewer');
  const stays = { village: '柳树村', name: '任桂香', id: idOf('19550101') };
  const leaves = { village: '东河村', name: '段兰香', id: idOf('19560202') };
  const first = { file: csvOf([stays, leaves]), fileName: 'list.csv', period: '2026-09' };
  await decideList(portal, reviewer, await uploadBatchId(portal, publisher, first), 'approve');
  const next = { file: csvOf([stays]), fileName: 'list.csv' };
  const id = await uploadBatchId(portal, publisher, next);
  expect((await decideList(portal, reviewer, id, 'approve')).status).toBe(204);
  const answer = await portal.call(`/api/staff/batches/${id}`, { cookie: reviewer });
  expect(await answer.json()).toMatchObject({
    villages: [
      { place: '柳树村', households: 1, left: 0 },
      { place: '东河村', households: 0, left: 1 },
    ],
  });
});
