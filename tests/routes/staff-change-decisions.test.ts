import { expect, test } from 'vitest';
import { readBatch } from '#db/queries/batches.ts';
import { readListRow } from '#db/queries/list-rows.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { publishHouseholds, publishedBy } from '#support/publications.ts';
import { decide, propose } from '#support/row-changes.ts';
import { listCorrectionsSince } from '#db/queries/corrections.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';

function readCorrections(portal: FreshPortal) {
  return listCorrectionsSince(portal.context.db, '2026-01-01');
}

test('who proposed a change cannot approve it, and neither can who does not review', async () => {
  await using portal = await createPortal();
  const { publisher, id, rows } = await publishHouseholds(portal);
  const { ids } = await propose(portal, publisher, {
    batchId: id,
    rowIds: [rows[0]?.id],
    kind: 'exit',
    reason: 'DEATH',
  });
  expect((await decide(portal, publisher, ids)).status).toBe(403);
  const leader = await portal.signIn('leader');
  expect((await decide(portal, leader, ids)).status).toBe(403);
  const elsewhere = await portal.signIn('publisher-qingshan');
  const json = { batchId: id, rowIds: [rows[1]?.id], kind: 'exit', reason: 'DEATH' };
  expect((await propose(portal, elsewhere, json)).status).toBe(404);
});

test('a second click changes nothing, and another proposal for the same household waits', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, id, rows } = await publishHouseholds(portal);
  const json = { batchId: id, rowIds: [rows[0]?.id], kind: 'exit', reason: 'DEATH' };
  const first = await propose(portal, publisher, json);
  expect((await propose(portal, publisher, json)).ids).toEqual(first.ids);
  const other = await propose(portal, publisher, { ...json, reason: 'OTHER' });
  expect(other).toMatchObject({ status: 409, fields: { rowIds: expect.any(String) } });
  await publishedBy(portal, () => decide(portal, reviewer, first.ids));
  const again = await decide(portal, reviewer, first.ids);
  expect(await again.json()).toEqual({ decided: 0 });
  expect(await readBatch(portal.context.db, id)).toMatchObject({ households: 2 });
});

test('a refused change leaves the list as it is', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, id, rows } = await publishHouseholds(portal);
  const json = { batchId: id, rowIds: [rows[0]?.id], kind: 'exit', reason: 'DEATH' };
  const { ids } = await propose(portal, publisher, json);
  expect((await decide(portal, reviewer, ids, 'refuse')).status).toBe(200);
  expect((await decide(portal, reviewer, ids)).status).toBe(409);
  expect(await readListRow(portal.context.db, rows[0]?.id ?? '')).toMatchObject({
    visibility: 'listed',
  });
  expect(await readCorrections(portal)).toEqual([]);
});

test('a household taken down meanwhile cannot leave again: nothing of the decision is done', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, id, rows } = await publishHouseholds(portal);
  const rowIds = [rows[0]?.id, rows[1]?.id];
  const json = { batchId: id, rowIds, kind: 'exit', reason: 'DEATH' };
  const { ids } = await propose(portal, publisher, json);
  await publishedBy(portal, () =>
    portal.call(`/api/staff/rows/${rows[0]?.id}/take-down`, {
      cookie: reviewer,
      json: { reason: 'WRONG' },
    }),
  );
  expect((await decide(portal, reviewer, ids)).status).toBe(409);
  expect(await readBatch(portal.context.db, id)).toMatchObject({ households: 3 });
});

test('what is typed is checked in words', async () => {
  await using portal = await createPortal();
  const { publisher, id, rows } = await publishHouseholds(portal);
  const one = { batchId: id, rowIds: [rows[0]?.id] };
  const wrong = await propose(portal, publisher, {
    ...one,
    kind: 'correct',
    members: '两',
    amount: '六百',
  });
  expect(wrong.fields).toEqual({
    members: '填写保障人数，1到30人。',
    amount: '填写月保障金额，例如640.50。',
  });
  const none = await propose(portal, publisher, { batchId: id, rowIds: [], kind: 'exit' });
  expect(none.fields).toMatchObject({ rowIds: '勾选要更改的户。' });
  const same = await propose(portal, publisher, {
    ...one,
    kind: 'correct',
    members: '1',
    amount: '1321.07',
  });
  expect(same.status).toBe(422);
});
