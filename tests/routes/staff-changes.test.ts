import { expect, test } from 'vitest';
import { listBatchCounts } from '#db/queries/batch-counts.ts';
import { readBatch } from '#db/queries/batches.ts';
import { listCorrectionsSince } from '#db/queries/corrections.ts';
import { readListRow } from '#db/queries/list-rows.ts';
import { listPublications } from '#db/queries/publications.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { csvOf, decideList, uploadBatchId } from '#support/lists.ts';
import {
  HOUSEHOLDS,
  publicFolders,
  publishHouseholds,
  publishedBy,
} from '#support/publications.ts';
import { ROW_CHANGES, decide, propose } from '#support/row-changes.ts';
import { findInFolder } from '#support/scan-folder.ts';

function findPublic(portal: FreshPortal, needles: string[]) {
  return publicFolders(portal).flatMap((folder) => findInFolder(folder, needles));
}

function readCorrections(portal: FreshPortal) {
  return listCorrectionsSince(portal.context.db, '2026-01-01');
}

test('an exit is in no byte of the site within a minute of its approval', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, id, rows } = await publishHouseholds(portal);
  const rowIds = [rows[0]?.id];
  const asked = await propose(portal, publisher, {
    batchId: id,
    rowIds,
    kind: 'exit',
    reason: 'DEATH',
  });
  expect(asked.status).toBe(201);
  expect(findPublic(portal, ['陆*实']).length).toBeGreaterThan(0);
  const begun = performance.now();
  const answer = await publishedBy(portal, () => decide(portal, reviewer, asked.ids));
  expect(answer.status).toBe(200);
  expect(performance.now() - begun).toBeLessThan(60_000);
  expect(findPublic(portal, ['陆*实', '1,321.07', '132107'])).toEqual([]);
  expect(findPublic(portal, ['任*香']).length).toBeGreaterThan(0);
});

test('a correction replaces the old figure in every byte', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, id, rows } = await publishHouseholds(portal);
  const { ids } = await propose(portal, publisher, {
    batchId: id,
    rowIds: [rows[1]?.id],
    kind: 'correct',
    members: '2',
    amount: '1,003.21元',
  });
  await publishedBy(portal, () => decide(portal, reviewer, ids));
  expect(findPublic(portal, ['987.65', '98765'])).toEqual([]);
  expect(findPublic(portal, ['1,003.21']).length).toBeGreaterThan(0);
});

test('who left is counted no longer, and a corrected household counts as corrected', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, id, rows } = await publishHouseholds(portal);
  const exit = await propose(portal, publisher, {
    batchId: id,
    rowIds: [rows[0]?.id],
    kind: 'exit',
    reason: 'OTHER',
  });
  const fix = await propose(portal, publisher, {
    batchId: id,
    rowIds: [rows[1]?.id],
    kind: 'correct',
    members: '3',
    amount: '1000',
  });
  await publishedBy(portal, () => decide(portal, reviewer, [...exit.ids, ...fix.ids]));
  expect(await readBatch(portal.context.db, id)).toMatchObject({
    households: 2,
    persons: 4,
    amountCents: 100_000 + 51_234,
  });
  const [count] = await listBatchCounts(portal.context.db, [id]);
  if (count) expect(count).toMatchObject({ households: 2, persons: 4, listedHouseholds: 2 });
  expect(await readListRow(portal.context.db, rows[0]?.id ?? '')).toMatchObject({
    visibility: 'left',
  });
});

test('the corrections page learns of the township and a general reason only', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, id, rows, placeCode } = await publishHouseholds(portal);
  const { ids } = await propose(portal, publisher, {
    batchId: id,
    rowIds: [rows[0]?.id],
    kind: 'exit',
    reason: 'FAVOUR',
  });
  await publishedBy(portal, () => decide(portal, reviewer, ids));
  const [correction, ...more] = await readCorrections(portal);
  expect(more).toEqual([]);
  expect(correction).toMatchObject({
    onDate: '2026-11-20',
    kind: 'row-left',
    reason: 'LEFT',
    households: 1,
    period: '2026-10',
  });
  expect(correction?.placeCode).toBe(`${placeCode.slice(0, 9)}000`);
});

test('who leaves also leaves the list on the site while a newer one waits to be published', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer } = await publishHouseholds(portal);
  const file = csvOf(HOUSEHOLDS);
  const next = await uploadBatchId(portal, publisher, {
    file,
    fileName: 'list.csv',
    period: '2026-11',
  });
  await decideList(portal, reviewer, next, 'approve');
  const answer = await portal.call(
    `${ROW_CHANGES}/rows?batchId=${next}&placeCode=${await firstPlace(portal, next)}`,
    { cookie: publisher },
  );
  const { rows } = (await answer.json()) as { rows: { rowId: string }[] };
  const json = { batchId: next, rowIds: [rows[0]?.rowId], kind: 'exit', reason: 'DEATH' };
  const { ids } = await propose(portal, publisher, json);
  await publishedBy(portal, () => decide(portal, reviewer, ids));
  expect(findPublic(portal, ['陆*实'])).toEqual([]);
});

async function firstPlace(portal: FreshPortal, batchId: string): Promise<string> {
  const { db } = portal.context;
  const [row] = await db.select().from(db.t.listRow);
  return batchId === '' ? '' : (row?.placeCode ?? '');
}

test('the queue shows what waits with old and new figures, and what was decided', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, id, rows } = await publishHouseholds(portal);
  const { ids } = await propose(portal, publisher, {
    batchId: id,
    rowIds: [rows[0]?.id],
    kind: 'correct',
    members: '2',
    amount: '700',
  });
  const read = async (cookie: string) =>
    ((await (await portal.call(ROW_CHANGES, { cookie })).json()) as { items: unknown[] }).items;
  expect(await read(reviewer)).toMatchObject([
    {
      place: '青山镇柳树村',
      maskedName: '陆*实',
      amountCents: 132_107,
      newAmountCents: 70_000,
      proposedBy: '聂清和',
      mayDecide: true,
    },
  ]);
  expect(await read(publisher)).toMatchObject([{ mayDecide: false }]);
  await publishedBy(portal, () => decide(portal, reviewer, ids));
  expect(await read(publisher)).toMatchObject([{ status: 'approved', decidedBy: '裴书言' }]);
  expect(await listPublications(portal.context.db, 5)).toHaveLength(2);
});
