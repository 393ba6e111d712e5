import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { countBoards } from '#db/queries/boards.ts';
import { listRowsOf, moveRowVisibility } from '#db/queries/list-rows.ts';
import type { BoardPage, BoardSheets } from '#routes/staff-board-schemas.ts';
import { DONGHE, LIUSHU, openBoards } from '#support/boards.ts';
import type { BoardPortal } from '#support/boards.ts';

type Page = z.infer<typeof BoardPage>;
type Sheets = z.infer<typeof BoardSheets>;

async function readBoards(portal: BoardPortal, cookie: string, query = ''): Promise<Page> {
  const answer = await portal.call(`/api/staff/boards${query}`, { cookie });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Page;
}

function post(portal: BoardPortal, cookie: string, postedOn: string, placeCodes: string[]) {
  const boards = placeCodes.map((placeCode) => ({ batchId: portal.batch, placeCode }));
  return portal.call('/api/staff/boards/postings', { cookie, json: { postedOn, boards } });
}

async function messagesOf(answer: Response) {
  return ((await answer.json()) as { error: { fields: Record<string, string> } }).error.fields;
}

async function listActions(portal: BoardPortal): Promise<string[]> {
  const { db } = portal.context;
  const entries = await db.select().from(db.t.auditEntry);
  return entries.map((entry) => entry.action).filter((action) => action.startsWith('board.'));
}

test('a township sees the boards of its villages, whoever published the list', async () => {
  await using portal = await openBoards();
  const page = await readBoards(portal, await portal.signIn('township-qingshan'));
  expect(page).toMatchObject({ total: 2, due: 2, posted: 0, page: 1, pages: 1, names: 'masked' });
  expect(page.items[0]).toMatchObject({
    place: '柳树村',
    town: '青山镇',
    households: 2,
    postedOn: null,
    batch: { id: portal.batch, kind: 'LIST', aidType: 'RURAL_DIBAO', period: '2026-10' },
  });
});

test('a township sees and confirms no board of another', async () => {
  await using portal = await openBoards();
  const cookie = await portal.signIn('township-yunshui');
  expect((await readBoards(portal, cookie)).total).toBe(0);
  expect((await post(portal, cookie, '2026-11-20', [LIUSHU])).status).toBe(404);
  const path = `/api/staff/boards/${portal.batch}/sheets?place=${LIUSHU}`;
  expect((await portal.call(path, { cookie })).status).toBe(404);
});

test('who does not see to boards is told so', async () => {
  await using portal = await openBoards();
  const cookie = await portal.signIn('triage');
  expect((await portal.call('/api/staff/boards', { cookie })).status).toBe(403);
  expect((await portal.call('/api/staff/boards')).status).toBe(401);
});

test('boards are confirmed in bulk, corrected by confirming again, each with an audit entry', async () => {
  await using portal = await openBoards();
  const cookie = await portal.signIn('township-qingshan');
  expect((await post(portal, cookie, '2026-11-20', [LIUSHU, DONGHE])).status).toBe(204);
  expect(await readBoards(portal, cookie)).toMatchObject({ due: 2, posted: 2 });
  expect(await readBoards(portal, cookie, '?state=open')).toMatchObject({ total: 0, due: 2 });
  portal.advance(24 * 3_600_000);
  const later = await portal.signIn('township-qingshan');
  expect((await post(portal, later, '2026-11-21', [LIUSHU])).status).toBe(204);
  const { items } = await readBoards(portal, later);
  expect(items.map((item) => item.postedOn)).toEqual(['2026-11-21', '2026-11-20']);
  expect(await listActions(portal)).toEqual(['board.post', 'board.post']);
});

test.each([
  ['2026-11-21', '张贴日期不能晚于今天。'],
  ['2026-11-19', '张贴日期不能早于名单通过审查的2026年11月20日。'],
  ['2026-02-30', '填写张贴的日期，例如2026-11-20。'],
  ['', '填写张贴的日期，例如2026-11-20。'],
])('a board is not posted on %s', async (postedOn, message) => {
  await using portal = await openBoards();
  const answer = await post(portal, portal.publisher, postedOn, [LIUSHU]);
  expect(answer.status).toBe(422);
  expect(await messagesOf(answer)).toEqual({ postedOn: message });
  expect(await listActions(portal)).toEqual([]);
});

test('nothing is confirmed where nothing is ticked', async () => {
  await using portal = await openBoards();
  const answer = await post(portal, portal.publisher, '2026-11-20', []);
  expect(await messagesOf(answer)).toEqual({ boards: '勾选已经张贴的村（社区）。' });
});

test('boards are chosen by town and by list', async () => {
  await using portal = await openBoards();
  const town = await readBoards(portal, portal.reviewer, '?town=990101100000');
  expect(town).toMatchObject({ total: 2, towns: [{ code: '990101100000', name: '青山镇' }] });
  const other = await readBoards(portal, portal.reviewer, '?town=990101200000');
  expect(other).toMatchObject({ total: 0, due: 0 });
  expect(await readBoards(portal, portal.reviewer, `?batch=${portal.batch}`)).toMatchObject({
    total: 2,
  });
  expect(await readBoards(portal, portal.reviewer, '?batch=none')).toMatchObject({ total: 0 });
});

test('a sheet has the rows and the hash of the living page and no withheld household', async () => {
  await using portal = await openBoards();
  const cookie = await portal.signIn('township-qingshan');
  const query = `place=${LIUSHU}&place=${DONGHE}`;
  const answer = await portal.call(`/api/staff/boards/${portal.batch}/sheets?${query}`, { cookie });
  const { sheets, mayOpenNames } = (await answer.json()) as Sheets;
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(mayOpenNames).toBe(false);
  expect(sheets.map((sheet) => sheet.rows.map((row) => row.name))).toEqual([
    ['陆*实', '任*香'],
    ['施*云'],
  ]);
  const file = `${portal.context.config.dataDir}/public/villages/${LIUSHU}.json`;
  const { lists } = JSON.parse(readFileSync(file, 'utf8')) as { lists: { batchHash: string }[] };
  expect(sheets[0]?.batchHash).toBe(lists[0]?.batchHash);
});

test('a household taken down a moment ago is not printed: the sheet waits for the page', async () => {
  await using portal = await openBoards();
  const { db } = portal.context;
  const [row] = await listRowsOf(db, portal.batch);
  await db.transaction(async (tx) => {
    await moveRowVisibility(tx, row?.id ?? '', 'listed', 'taken-down');
  });
  const path = `/api/staff/boards/${portal.batch}/sheets?place=${row?.placeCode}`;
  const answer = await portal.call(path, { cookie: portal.publisher });
  expect(answer.status).toBe(409);
  expect(((await answer.json()) as { error: { code: string } }).error.code).toBe('board-behind');
});

test('fifty villages are printed at once, not more', async () => {
  await using portal = await openBoards();
  const query = Array.from({ length: 51 }, () => `place=${LIUSHU}`).join('&');
  const path = `/api/staff/boards/${portal.batch}/sheets?${query}`;
  expect((await portal.call(path, { cookie: portal.publisher })).status).toBe(422);
});

test('boards of each village are counted for the figures of health', async () => {
  await using portal = await openBoards();
  const standing = [{ id: portal.batch, yields: new Set([DONGHE]) }];
  await post(portal, portal.publisher, '2026-11-20', [LIUSHU]);
  const counts = await countBoards(portal.context.db, standing);
  expect([...counts]).toEqual([[LIUSHU, { due: 1, posted: 1 }]]);
});
