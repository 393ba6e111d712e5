import { expect, test } from 'vitest';
import type { z } from 'zod';
import { listRowsOf } from '#db/queries/list-rows.ts';
import type { BatchView } from '#routes/staff-batch-schemas.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { decideList, idOf, uploadBatchId } from '#support/lists.ts';
import { listed, shielded, uploadRows } from '#support/protected.ts';
import { findInFolder } from '#support/scan-folder.ts';

const marked = { ...shielded, remark: '保密' };
/** Heads the protected household next month. */
const heir = { village: '柳树村', name: '陆小满', id: idOf('19850505') };

/** The heir's household, its members beside the head named. */
function withMember(): string {
  const header =
    '序号,乡镇,村,户主姓名,身份证号,家庭成员姓名,家庭成员身份证号,家庭人口,保障人口,月保障金额(元),批准时间';
  const { village, name, id } = heir;
  const line = [1, '青山镇', village, name, id, shielded.name, shielded.id, 2, 2, 500, '2024-03'];
  return [header, line.join(',')].join('\r\n');
}

async function readQuestions(portal: FreshPortal, cookie: string, id: string) {
  const answer = await portal.call(`/api/staff/batches/${id}`, { cookie });
  return ((await answer.json()) as z.infer<typeof BatchView>).questions;
}

test('a protected household stays off the web under another head where the file names its members', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  await uploadRows(portal, cookie, '2026-09', [marked, listed]);
  const upload = { file: withMember(), fileName: 'list.csv', period: '2026-10' };
  const id = await uploadBatchId(portal, cookie, upload);
  const [row] = await listRowsOf(portal.context.db, id);
  expect(row).toMatchObject({ visibility: 'withheld', maskedName: null });
  const { rows } = await uploadRows(portal, cookie, '2026-11', [heir, listed]);
  expect(rows.map((each) => each.visibility)).toEqual(['withheld', 'listed']);
});

test('the register keeps nothing of other members, and no number is kept as it is', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  const cookie = await portal.signIn('publisher');
  await uploadBatchId(portal, cookie, { file: withMember(), fileName: 'list.csv' });
  expect(await db.select().from(db.t.protectedHousehold)).toEqual([]);
  expect(findInFolder(portal.root, [shielded.id])).toEqual([]);
});

test('the reviewer is asked where a protected household is gone and somebody joined in its village', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const reviewer = await portal.signIn('reviewer');
  const first = await uploadRows(portal, cookie, '2026-09', [marked, listed]);
  await decideList(portal, reviewer, first.id, 'approve');
  const { id } = await uploadRows(portal, cookie, '2026-10', [heir, listed]);
  expect(await readQuestions(portal, reviewer, id)).toEqual([
    { check: 'PROTECTED_MISSING', households: 1, of: 2, places: ['柳树村'] },
  ]);
  expect((await decideList(portal, reviewer, id, 'approve')).status).toBe(422);
  const path = `/api/staff/batches/${id}`;
  const json = {
    decision: 'approve',
    disclosureReview: true,
    disclosureChecks: ['PROTECTED_MISSING'],
  };
  const answer = await portal.call(`${path}/decision`, { cookie: reviewer, json });
  expect(answer.status).toBe(204);
  const view = await portal.call(path, { cookie: reviewer });
  const { disclosureChecks } = (await view.json()) as z.infer<typeof BatchView>;
  expect(disclosureChecks).toContain('PROTECTED_MISSING');
});

test('nobody is asked where a protected household is gone and nobody joined', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const reviewer = await portal.signIn('reviewer');
  const first = await uploadRows(portal, cookie, '2026-09', [marked, listed]);
  await decideList(portal, reviewer, first.id, 'approve');
  const { id } = await uploadRows(portal, cookie, '2026-10', [listed]);
  expect(await readQuestions(portal, reviewer, id)).toEqual([]);
});
