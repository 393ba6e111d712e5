import { expect, test } from 'vitest';
import { listRowsOf } from '#db/queries/list-rows.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { csvOf, decideList, idOf, uploadBatchId } from '#support/lists.ts';
import type { CsvHousehold } from '#support/lists.ts';

const shielded = { village: '柳树村', name: '陆秋实', id: idOf('19570303') };
const listed = { village: '柳树村', name: '任桂香', id: idOf('19550101') };

async function upload(
  portal: FreshPortal,
  cookie: string,
  period: string,
  households: CsvHousehold[],
) {
  const file = csvOf(households);
  const id = await uploadBatchId(portal, cookie, { file, fileName: 'list.csv', period });
  const rows = await listRowsOf(portal.context.db, id);
  return { id, rows };
}

test('a household that was marked stays off when the next list has lost its remark', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  await upload(portal, cookie, '2026-09', [{ ...shielded, remark: '保密' }, listed]);
  const { rows } = await upload(portal, cookie, '2026-10', [shielded, listed]);
  expect(rows.map((row) => [row.visibility, row.maskedName])).toEqual([
    ['withheld', null],
    ['listed', '任*香'],
  ]);
});

test('the register keeps a keyed ID, a day and a person, and no reason', async () => {
  await using portal = await createPortal();
  const { db, secrets } = portal.context;
  const cookie = await portal.signIn('publisher');
  await upload(portal, cookie, '2026-10', [{ ...shielded, remark: '保密' }, listed]);
  const { mac, keyId } = secrets.mac('household-id', shielded.id);
  const { personId } = await portal.actorOf('publisher');
  expect(await db.select().from(db.t.protectedHousehold)).toEqual([
    {
      idMac: mac,
      idKeyId: keyId,
      since: '2026-11-20',
      byPersonId: personId,
      liftedOn: null,
      liftedBy: null,
      liftConfirmedBy: null,
    },
  ]);
});

test('why the file withheld a household is forgotten with the decision', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  const cookie = await portal.signIn('publisher');
  const { id } = await upload(portal, cookie, '2026-10', [{ ...shielded, remark: '保密' }, listed]);
  await decideList(portal, await portal.signIn('reviewer'), id, 'approve');
  const problems = await db.select().from(db.t.batchProblem);
  expect(problems.filter((problem) => problem.kind === 'withheld')).toEqual([]);
});

test('protection is lifted by two persons, never by one', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher');
  const { rows } = await upload(portal, publisher, '2026-09', [
    { ...shielded, remark: '保密' },
    listed,
  ]);
  const path = `/api/staff/rows/${rows[0]?.id}/lift-protection`;
  const asked = await portal.call(path, { cookie: publisher, json: {} });
  expect(await asked.json()).toEqual({ state: 'requested' });
  const alone = await portal.call(path, { cookie: publisher, json: {} });
  expect(alone.status).toBe(403);
  const before = await upload(portal, publisher, '2026-10', [shielded]);
  expect(before.rows[0]?.visibility).toBe('withheld');
  const reviewer = await portal.signIn('reviewer');
  const lifted = await portal.call(path, { cookie: reviewer, json: {} });
  expect(await lifted.json()).toEqual({ state: 'lifted' });
  const after = await upload(portal, publisher, '2026-11', [shielded]);
  expect(after.rows[0]?.maskedName).toBe('陆*实');
});
