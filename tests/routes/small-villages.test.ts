import { expect, test } from 'vitest';
import type { z } from 'zod';
import type { BoardSheets } from '#routes/staff-board-schemas.ts';
import { DONGHE, LIUSHU, openBoards, printFullNames } from '#support/boards.ts';
import type { BoardPortal } from '#support/boards.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { publicFolders, publishedBy } from '#support/publications.ts';
import { findInFolder } from '#support/scan-folder.ts';

const PATH = '/api/staff/small-villages';

async function setBelow(portal: BoardPortal, below: number) {
  const cookie = await portal.signIn('security');
  return publishedBy(portal, () => portal.call(PATH, { cookie, json: { below } }));
}

test('rows of small villages leave the site at once when the county sets it, which is logged', async () => {
  await using portal = await openBoards();
  expect(publicFolders(portal).flatMap((folder) => findInFolder(folder, ['施*云']))).not.toEqual(
    [],
  );
  expect((await setBelow(portal, 2)).status).toBe(204);
  for (const folder of publicFolders(portal)) expect(findInFolder(folder, ['施*云'])).toEqual([]);
  expect(publicFolders(portal).flatMap((folder) => findInFolder(folder, ['任*香']))).not.toEqual(
    [],
  );
  const { db } = portal.context;
  const actions = (await db.select().from(db.t.auditEntry)).map((entry) => entry.action);
  expect(actions.filter((action) => action === 'setting.small-villages')).toHaveLength(1);
});

test('the sheet for the board prints counts too, and opens no name', async () => {
  await using portal = await openBoards();
  await setBelow(portal, 2);
  await printFullNames(portal);
  const place = [DONGHE, LIUSHU];
  const { publisher: cookie, batch } = portal;
  const answer = await portal.call(`/api/staff/boards/${batch}/names`, { cookie, json: { place } });
  const { sheets } = (await answer.json()) as z.infer<typeof BoardSheets>;
  expect(sheets.map((sheet) => [sheet.names, sheet.rows.length, sheet.countsOnly])).toEqual([
    ['masked', 0, { below: 2, households: 1, persons: 1 }],
    ['full', 2, null],
  ]);
});

test('only who manages the settings of the bureau sets it, to a sensible number', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher');
  expect((await portal.call(PATH, { cookie: publisher, json: { below: 3 } })).status).toBe(403);
  expect((await portal.call(PATH, { cookie: publisher })).status).toBe(403);
  const cookie = await portal.signIn('security');
  for (const below of [1, 11, -2, 2.5, null]) {
    expect((await portal.call(PATH, { cookie, json: { below } })).status).toBe(422);
  }
  expect((await portal.call(PATH, { cookie, json: { below: 0 } })).status).toBe(409);
  expect(await (await portal.call(PATH, { cookie })).json()).toEqual({ below: 0 });
});
