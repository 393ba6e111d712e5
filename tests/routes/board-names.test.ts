import { expect, test } from 'vitest';
import type { z } from 'zod';
import { forgetBatch } from '#db/queries/batch-names.ts';
import { listRowsOf } from '#db/queries/list-rows.ts';
import { publish } from '#publishing/publish.ts';
import type { BoardSettings, BoardSheets } from '#routes/staff-board-schemas.ts';
import { DONGHE, HOUSEHOLDS, LIUSHU, openBoards, printFullNames } from '#support/boards.ts';
import type { BoardPortal } from '#support/boards.ts';
import { applyPlaceTable } from '#support/places.ts';
import { findInFolder } from '#support/scan-folder.ts';

type Sheets = z.infer<typeof BoardSheets>;
type Settings = z.infer<typeof BoardSettings>;
const SETTINGS = '/api/staff/boards/settings';

function openNames(portal: BoardPortal, cookie: string, place = [LIUSHU, DONGHE]) {
  return portal.call(`/api/staff/boards/${portal.batch}/names`, { cookie, json: { place } });
}

async function readNames(answer: Response): Promise<string[][]> {
  expect(answer.status).toBe(200);
  const { sheets } = (await answer.json()) as Sheets;
  return sheets.map((sheet) => sheet.rows.map((row) => row.name));
}

async function countOpenings(portal: BoardPortal): Promise<number> {
  const { db } = portal.context;
  const entries = await db.select().from(db.t.auditEntry);
  return entries.filter((entry) => entry.action === 'board.open-names').length;
}

test('names are masked until the county orders otherwise', async () => {
  await using portal = await openBoards();
  expect((await openNames(portal, portal.publisher)).status).toBe(404);
  expect(await countOpenings(portal)).toBe(0);
});

test('full names are printed for the two bodies, without withheld households, each opening logged', async () => {
  await using portal = await openBoards();
  await printFullNames(portal);
  const answer = await openNames(portal, portal.publisher);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await readNames(answer)).toEqual([['陆秋实', '任桂香'], ['施暮云']]);
  expect(await readNames(await openNames(portal, portal.reviewer, [DONGHE]))).toEqual([['施暮云']]);
  expect(await countOpenings(portal)).toBe(2);
});

test('who belongs to neither body of the list gets no names', async () => {
  await using portal = await openBoards();
  await printFullNames(portal);
  const others = ['publisher-qingshan', 'township-qingshan', 'security', 'auditor', 'liaison'];
  for (const login of others) {
    portal.advance(30_000);
    expect((await openNames(portal, await portal.signIn(login))).status).toBe(404);
  }
  expect((await openNames(portal, '')).status).toBe(401);
  expect(await countOpenings(portal)).toBe(0);
});

test('a publisher of the township opens the names of its own list', async () => {
  await using portal = await openBoards({ by: 'publisher-qingshan' });
  await printFullNames(portal);
  expect(await readNames(await openNames(portal, portal.publisher, [LIUSHU]))).toEqual([
    ['陆秋实', '任桂香'],
  ]);
});

test('a household that is protected since is left out of the full names', async () => {
  await using portal = await openBoards();
  await printFullNames(portal);
  const { db } = portal.context;
  const [row] = await listRowsOf(db, portal.batch);
  await db.transaction(async (tx) => {
    const { idMac = '', idKeyId = '' } = row ?? {};
    const entry = { idMac, idKeyId, since: '2026-11-20', byPersonId: 'somebody' };
    await tx.insert(tx.t.protectedHousehold).values(entry);
  });
  expect(await readNames(await openNames(portal, portal.publisher, [LIUSHU]))).toEqual([
    ['任桂香'],
  ]);
});

test('a village that took in another prints the full names of both', async () => {
  await using portal = await openBoards();
  await printFullNames(portal);
  const merger = `${DONGHE},东河村,village,990101100000,${LIUSHU},,`;
  await applyPlaceTable(portal, await portal.signIn('security'), [merger]);
  await publish(portal.context);
  const [names] = await readNames(await openNames(portal, portal.publisher, [LIUSHU]));
  expect(names?.toSorted()).toEqual(['任桂香', '施暮云', '陆秋实'].toSorted());
});

test('destroyed names stay masked and say so', async () => {
  await using portal = await openBoards();
  await printFullNames(portal);
  const { db } = portal.context;
  await db.transaction(async (tx) => {
    await forgetBatch(tx, portal.batch);
  });
  const answer = await openNames(portal, portal.publisher, [LIUSHU]);
  const { sheets } = (await answer.json()) as Sheets;
  expect(sheets[0]).toMatchObject({ names: 'destroyed', rows: [{ name: '陆*实' }, {}] });
  expect(await countOpenings(portal)).toBe(0);
});

test('no full name is left in the data folder or on the site after printing', async () => {
  await using portal = await openBoards();
  await printFullNames(portal);
  await readNames(await openNames(portal, portal.publisher));
  await publish(portal.context);
  const whole = HOUSEHOLDS.flatMap(({ name, id }) => [name, id]);
  expect(findInFolder(portal.context.config.dataDir, whole)).toEqual([]);
});

test('full names need the order and the review they rest on', async () => {
  await using portal = await openBoards();
  const cookie = await portal.signIn('security');
  const basis = { documentNumber: '省民发〔2026〕8号', reviewedBy: '荀敬之' };
  const send = (json: object) => portal.call(SETTINGS, { cookie, json });
  for (const [wrong, field] of [
    [{ names: 'full', reviewedOn: '2026-11-10', reviewedBy: '荀敬之' }, 'documentNumber'],
    [{ names: 'full', ...basis, documentNumber: ' ', reviewedOn: '2026-11-10' }, 'documentNumber'],
    [{ names: 'full', ...basis, reviewedOn: '' }, 'reviewedOn'],
    [{ names: 'full', ...basis, reviewedOn: '2026-11-21' }, 'reviewedOn'],
    [{}, 'names'],
  ] as const) {
    const answer = await send(wrong);
    expect(answer.status).toBe(422);
    const { error } = (await answer.json()) as { error: { fields: object } };
    expect(Object.keys(error.fields)).toContain(field);
  }
  expect((await send({ names: 'full', ...basis, reviewedOn: '2026-11-10' })).status).toBe(204);
  const settings = (await (await portal.call(SETTINGS, { cookie })).json()) as Settings;
  expect(settings).toEqual({
    names: 'full',
    basis: { ...basis, reviewedOn: '2026-11-10', setOn: '2026-11-20', setBy: '缪安澜' },
  });
});

test('back to masked names at once, once', async () => {
  await using portal = await openBoards();
  await printFullNames(portal);
  portal.advance(30_000);
  const cookie = await portal.signIn('security');
  const json = { names: 'masked' };
  expect((await portal.call(SETTINGS, { cookie, json })).status).toBe(204);
  expect((await openNames(portal, portal.publisher)).status).toBe(404);
  expect((await portal.call(SETTINGS, { cookie, json })).status).toBe(409);
});

test('only who manages the settings of the bureau switches the names', async () => {
  await using portal = await openBoards();
  for (const cookie of [portal.publisher, portal.reviewer]) {
    expect((await portal.call(SETTINGS, { cookie })).status).toBe(403);
    expect((await portal.call(SETTINGS, { cookie, json: { names: 'masked' } })).status).toBe(403);
  }
});
