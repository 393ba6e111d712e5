import { expect, test } from 'vitest';
import { listBatchProblems } from '#db/queries/batches.ts';
import { listRowsOf } from '#db/queries/list-rows.ts';
import { STALLING } from '#support/complaints.ts';
import { ACCEPTANCE, fileLead } from '#support/leads.ts';
import { decideList } from '#support/lists.ts';
import { publishedBy } from '#support/publications.ts';
import {
  MASKS,
  portalWithNotice,
  upload,
  acceptObjection,
  shown,
  visibilities,
  release,
} from '#support/holds.ts';

test('an accepted objection holds back the household it names, and only that', async () => {
  await using found = await portalWithNotice();
  const { portal, notice } = found;
  expect(shown(portal)).toEqual(MASKS);
  const reference = await acceptObjection(found, 2);
  expect(await visibilities(portal, notice)).toEqual(['listed', 'held', 'listed']);
  expect(shown(portal)).toEqual(['施*余', '陆*实']);

  const { db } = portal.context;
  const entries = await db.select().from(db.t.auditEntry);
  const hold = entries.filter((entry) => entry.action === 'list-row.hold');
  expect(hold).toMatchObject([{ subjectKind: 'list-row', personId: null, bodyCode: null }]);
  const [lead] = await db.select().from(db.t.lead);
  for (const known of [reference, lead?.id]) expect(JSON.stringify(hold)).not.toContain(known);
  const [publication] = (await db.select().from(db.t.publication)).toSorted(
    (a, b) => b.startedAt - a.startedAt,
  );
  expect(publication).toMatchObject({ status: 'live', startedBy: null });
});

test('an objection to the whole notice holds nobody back', async () => {
  await using found = await portalWithNotice();
  await acceptObjection(found);
  expect(await visibilities(found.portal, found.notice)).toEqual(['listed', 'listed', 'listed']);
});

test('a report about something else holds nobody back', async () => {
  await using found = await portalWithNotice();
  const { portal, desk, notice } = found;
  const complaint = { ...STALLING, noticeId: notice, noticeRow: 2 };
  const { reference } = await fileLead(portal, complaint);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'accept', 'TRIAGE', ACCEPTANCE);
  expect(await visibilities(portal, notice)).toEqual(['listed', 'listed', 'listed']);
});

test('later lists hold the household back too, until a second person releases it', async () => {
  await using found = await portalWithNotice();
  const { portal, notice } = found;
  await acceptObjection(found, 2);
  portal.advance(120_000);
  const list = await upload(portal, 'LIST', '2026-11');
  expect(await visibilities(portal, list)).toEqual(['listed', 'held', 'listed']);
  const problems = await listBatchProblems(portal.context.db, list);
  expect(problems).toContainEqual(
    expect.objectContaining({ reason: 'held', kind: 'withheld', line: 3 }),
  );

  const [, row] = await listRowsOf(portal.context.db, notice);
  portal.advance(120_000);
  const reason = { reason: 'UNFOUNDED' };
  const [publisher, reviewer] = [await portal.signIn('publisher'), await portal.signIn('reviewer')];
  async function heldIn(id: string) {
    const answer = await portal.call(`/api/staff/batches/${id}`, { cookie: reviewer });
    return ((await answer.json()) as { held: number }).held;
  }
  expect(await heldIn(list)).toBe(1);
  expect((await release(portal, publisher, row?.id, reason)).status).toBe(404);
  expect((await release(portal, reviewer, row?.id, { reason: 'HEARSAY' })).status).toBe(422);
  const answer = await publishedBy(portal, () => release(portal, reviewer, row?.id, reason));
  expect(answer.status).toBe(202);
  expect(await visibilities(portal, list)).toEqual(['listed', 'listed', 'listed']);
  expect(await heldIn(list)).toBe(0);
  expect(shown(portal)).toEqual(MASKS);
  expect((await release(portal, reviewer, row?.id, reason)).status).toBe(409);
});

test('a list that waited for review when the objection was accepted holds it back as well', async () => {
  await using found = await portalWithNotice();
  const { portal } = found;
  const list = await upload(portal, 'LIST', '2026-11');
  await acceptObjection(found, 1);
  expect(await visibilities(portal, list)).toEqual(['held', 'listed', 'listed']);
});

test('a month that is reported as the last one holds the household back too', async () => {
  await using found = await portalWithNotice();
  const { portal } = found;
  const october = await upload(portal, 'LIST');
  await decideList(portal, await portal.signIn('reviewer'), october, 'approve');
  await acceptObjection(found, 2);
  portal.advance(120_000);
  const cookie = await portal.signIn('publisher');
  const path = `/api/staff/batches/${october}/carry-over`;
  const answer = await portal.call(path, { cookie, method: 'POST' });
  const { id } = (await answer.json()) as { id: string };
  expect(await visibilities(portal, id)).toEqual(['listed', 'held', 'listed']);
});
