import { expect, test } from 'vitest';
import { publish } from '#publishing/publish.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { csvOf, decideList, idOf, uploadBatchId } from '#support/lists.ts';

const PEOPLE = [
  { village: '柳树村', name: '司徒美堂', id: idOf('19600101') },
  { village: '东河村', name: '完颜洪烈', id: idOf('19610101') },
];

async function approveList(portal: FreshPortal, period: string): Promise<string> {
  const publisher = await portal.signIn('publisher-qingshan');
  const file = csvOf(PEOPLE);
  const id = await uploadBatchId(portal, publisher, { file, fileName: 'list.csv', period });
  const reviewer = await portal.signIn('reviewer');
  expect((await decideList(portal, reviewer, id, 'approve', '看过了')).status).toBe(204);
  portal.advance(120_000);
  return id;
}

/** What is left of a list's names. */
async function remembered({ context: { db } }: FreshPortal, id: string) {
  const files = (await db.select().from(db.t.sealedFile)).filter((row) => row.batchId === id);
  const hashes = (await db.select().from(db.t.nameHash)).filter((row) => row.batchId === id);
  const [batch] = (await db.select().from(db.t.batch)).filter((row) => row.id === id);
  return {
    names: files.filter((file) => file.kind === 'names').length,
    notes: files.filter((file) => file.kind === 'note').length,
    hashes: hashes.length,
    salted: batch?.salt !== '',
  };
}

const KEPT = { names: 2, notes: 1, hashes: 2, salted: true };
const FORGOTTEN = { names: 0, notes: 1, hashes: 0, salted: false };

test('a list keeps its names while it is on the site, and not a publication longer', async () => {
  await using portal = await createPortal();
  const october = await approveList(portal, '2026-10');
  await publish(portal.context);
  expect(await remembered(portal, october)).toEqual(KEPT);
  const november = await approveList(portal, '2026-11');
  expect(await remembered(portal, october)).toEqual(KEPT);
  await publish(portal.context);
  expect(await remembered(portal, october)).toEqual(FORGOTTEN);
  expect(await remembered(portal, november)).toEqual(KEPT);
  await publish(portal.context);
  expect(await remembered(portal, november)).toEqual(KEPT);
});

test('of two lists of one month and day the one approved last keeps its names and the site', async () => {
  await using portal = await createPortal();
  const first = await approveList(portal, '2026-10');
  const second = await approveList(portal, '2026-10');
  for (let times = 0; times < 3; times += 1) {
    expect(await publish(portal.context)).toMatchObject({ status: 'live' });
    expect(await remembered(portal, first)).toEqual(FORGOTTEN);
    expect(await remembered(portal, second)).toEqual(KEPT);
  }
});

test('a withdrawn list forgets its names when it has left the site', async () => {
  await using portal = await createPortal();
  const id = await approveList(portal, '2026-10');
  await publish(portal.context);
  const { db } = portal.context;
  await db.transaction(async (tx) => {
    await tx.update(tx.t.batch).set({ status: 'withdrawn' });
  });
  expect(await remembered(portal, id)).toEqual(KEPT);
  await publish(portal.context);
  expect(await remembered(portal, id)).toEqual(FORGOTTEN);
  const actions = (await db.select().from(db.t.auditEntry)).map((entry) => entry.action);
  expect(actions.filter((action) => action === 'batch.forget-names')).toHaveLength(1);
});

test('a list that nobody has decided about keeps its names', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher-qingshan');
  const id = await uploadBatchId(portal, publisher, { file: csvOf(PEOPLE), fileName: 'list.csv' });
  await publish(portal.context);
  expect(await remembered(portal, id)).toEqual({ ...KEPT, notes: 0 });
});
