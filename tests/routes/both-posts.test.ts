import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { listRowsOf, moveRowVisibility } from '#db/queries/list-rows.ts';
import { insertPosts } from '#db/queries/people.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { csvOf, decideList, uploadBatchId } from '#support/lists.ts';
import { HOUSEHOLDS, publishedBy, publishHouseholds } from '#support/publications.ts';

test('who is publisher and reviewer of one body decides about nothing of their own', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  const { personId } = await portal.actorOf('publisher');
  const [post] = (await db.select().from(db.t.post)).filter((each) => each.personId === personId);
  if (!post) throw new Error('no post');
  await db.transaction((tx) => insertPosts(tx, [{ ...post, id: randomUUID(), role: 'reviewer' }]));
  portal.advance(120_000);
  const { id, rows } = await publishHouseholds(portal);
  portal.advance(120_000);
  const cookie = await portal.signIn('publisher');
  const file = { file: csvOf(HOUSEHOLDS), fileName: 'list.csv', period: '2026-11' };
  const next = await uploadBatchId(portal, cookie, file);
  const own: Record<string, number> = {};
  own.list = (await decideList(portal, cookie, next, 'approve')).status;

  const exit = { batchId: id, rowIds: [rows[0]?.id], kind: 'exit', reason: 'DEATH' };
  const proposed = await portal.call('/api/staff/row-changes', { cookie, json: exit });
  const { ids } = (await proposed.json()) as { ids: string[] };
  const decision = { ids, decision: 'approve' };
  own.rowChange = (
    await portal.call('/api/staff/row-changes/decision', { cookie, json: decision })
  ).status;

  await publishedBy(portal, () =>
    portal.call(`/api/staff/rows/${rows[1]?.id}/take-down`, { cookie, json: { reason: 'WRONG' } }),
  );
  const [taken] = await db.select().from(db.t.takeDown);
  own.takeDown = (
    await portal.call(`/api/staff/take-downs/${taken?.id}/decision`, {
      cookie,
      json: { decision: 'confirm' },
    })
  ).status;

  const [, , held] = await listRowsOf(db, next);
  await db.transaction(async (tx) => {
    await moveRowVisibility(tx, held?.id ?? '', 'listed', 'held');
  });
  own.hold = (
    await portal.call(`/api/staff/rows/${held?.id}/release-hold`, {
      cookie,
      json: { reason: 'UNFOUNDED' },
    })
  ).status;
  expect(own).toEqual({ list: 403, rowChange: 403, takeDown: 403, hold: 403 });
});
