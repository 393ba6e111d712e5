import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { csvOf, decideList, idOf, uploadBatchId } from '#support/lists.ts';
import type { CsvHousehold } from '#support/lists.ts';

const STAYS = { village: '柳树村', name: '任桂香', id: idOf('19550101') };
const LEAVES = { village: '柳树村', name: '段兰香', id: idOf('19560202') };
const LEAVES_TOO = { village: '东河村', name: '陆秋实', id: idOf('19570303') };
const MOVES = { village: '柳树村', name: '安向阳', id: idOf('19580404') };
const OCTOBER = [STAYS, LEAVES, LEAVES_TOO, MOVES];
const NOVEMBER = [STAYS, { ...MOVES, village: '东河村' }];

type Exits = {
  exits: number;
  unset: number;
  items: { id: string; maskedName: string; place: string; reason: string | null; setBy: string }[];
};

async function openReview(after: CsvHousehold[] = NOVEMBER) {
  const portal = await createPortal();
  const publisher = await portal.signIn('publisher');
  const reviewer = await portal.signIn('reviewer');
  const october = await upload(portal, publisher, OCTOBER, '2026-10');
  await decideList(portal, reviewer, october, 'approve');
  const id = await upload(portal, publisher, after, '2026-11');
  const path = `/api/staff/batches/${id}`;
  return {
    portal,
    publisher,
    reviewer,
    october,
    id,
    readExits: async (query = '') => {
      const answer = await portal.call(`${path}/exits${query}`, { cookie: reviewer });
      return (await answer.json()) as Exits;
    },
    setExits: (json: unknown, cookie = reviewer) => portal.call(`${path}/exits`, { cookie, json }),
    approve: (json: object = {}) =>
      portal.call(`${path}/decision`, {
        cookie: reviewer,
        json: { decision: 'approve', disclosureReview: true, ...json },
      }),
    [Symbol.asyncDispose]: portal.close,
  };
}

function upload(portal: FreshPortal, cookie: string, rows: CsvHousehold[], period: string) {
  return uploadBatchId(portal, cookie, { file: csvOf(rows), fileName: 'list.csv', period });
}

test('a list is not approved while a household that left has no reason', async () => {
  await using review = await openReview();
  const refused = await review.approve();
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({
    error: {
      code: 'exits-without-reason',
      message: '2个村（社区）有2户退出没有注明原因，注明后才能通过。',
    },
  });
  const { db } = review.portal.context;
  expect(await db.$count(db.t.batchCount)).toBe(2);
  await review.setExits({ reason: 'DEATH' });
  expect((await review.approve()).status).toBe(204);
});

test('a household that moved to another village of the list is no exit', async () => {
  await using review = await openReview();
  const { exits, items } = await review.readExits();
  expect(exits).toBe(2);
  expect(items.map((item) => item.maskedName).sort()).toEqual(['段*香', '陆*实']);
});

test('reasons are set for one village, for those without, or for those ticked', async () => {
  await using review = await openReview();
  const [first] = (await review.readExits()).items;
  expect(await (await review.setExits({ reason: 'DEATH', ids: [first?.id] })).json()).toEqual({
    set: 1,
  });
  const set = await review.setExits({ reason: 'OTHER', unset: true }, review.publisher);
  expect(await set.json()).toEqual({ set: 1 });
  const { items, unset } = await review.readExits();
  expect(items.map(({ reason, setBy }) => [reason, setBy])).toEqual([
    ['DEATH', '裴书言'],
    ['OTHER', expect.stringMatching(/./)],
  ]);
  expect(unset).toBe(0);
  expect((await review.readExits('?unset=1')).items).toEqual([]);
  const { db } = review.portal.context;
  const audit = await db.select().from(db.t.auditEntry);
  expect(audit.filter((entry) => entry.action === 'batch.set-exits')).toHaveLength(2);
});

test('a reason given for a household that stays is dropped with the approval', async () => {
  await using review = await openReview();
  const { db } = review.portal.context;
  const rows = await db.select().from(db.t.listRow);
  const stays = rows.find((row) => row.maskedName === '任*香');
  await db.transaction(async (tx) => {
    const exit = { batchId: review.id, idMac: stays?.idMac ?? '', placeCode: '990101100201' };
    await tx.insert(tx.t.listExit).values({ ...exit, reason: 'DEATH', setBy: null });
  });
  await review.setExits({ reason: 'POLICY', unset: true });
  expect((await review.approve()).status).toBe(204);
  const kept = await db.select().from(db.t.listExit);
  expect(kept.map((exit) => exit.reason)).toEqual(['POLICY', 'POLICY']);
});

test('nobody sets reasons after the decision, nor from another body', async () => {
  await using review = await openReview(OCTOBER);
  const other = await review.portal.signIn('publisher-qingshan');
  expect((await review.setExits({ reason: 'DEATH' }, other)).status).toBe(404);
  expect((await review.approve()).status).toBe(204);
  expect((await review.setExits({ reason: 'DEATH' })).status).toBe(409);
});

test('an approval stops where the list it was compared with was replaced meanwhile', async () => {
  await using review = await openReview(OCTOBER);
  const { portal, publisher, reviewer, october } = review;
  const corrected = await upload(portal, publisher, NOVEMBER, '2026-10');
  await decideList(portal, reviewer, corrected, 'approve');
  const stale = await review.approve({ comparedWith: october });
  expect(stale.status).toBe(409);
  expect(await stale.json()).toMatchObject({
    error: { code: 'state-changed', message: expect.stringContaining('对比的名单刚刚换过') },
  });
  expect((await review.approve({ comparedWith: corrected })).status).toBe(204);
});

test('counts by place are kept with the approval, with the differences to the list before', async () => {
  await using review = await openReview();
  await review.setExits({ reason: 'DEATH' });
  await review.approve();
  const { db } = review.portal.context;
  const counts = (await db.select().from(db.t.batchCount)).filter((c) => c.batchId === review.id);
  const figures = counts.map(({ households, listedCents, joined, left, changed }) => {
    return { households, listedCents, joined, left, changed };
  });
  expect(figures).toContainEqual({
    households: 1,
    listedCents: 50_000,
    joined: 0,
    left: 2,
    changed: 0,
  });
  expect(figures).toContainEqual({
    households: 1,
    listedCents: 50_000,
    joined: 1,
    left: 1,
    changed: 0,
  });
  const first = (await db.select().from(db.t.batchCount)).filter((c) => c.batchId !== review.id);
  expect(first.every((count) => count.joined === null)).toBe(true);
});
