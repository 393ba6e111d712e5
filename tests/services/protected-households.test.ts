import { expect, test } from 'vitest';
import { readListRow } from '#db/queries/list-rows.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { decideList, idOf } from '#support/lists.ts';
import { publicFolders, publishHouseholds, publishedBy } from '#support/publications.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { listed, shielded, uploadRows } from '#support/protected.ts';

const PATH = '/api/staff/protected-households';

test('a household that was marked stays off when the next list has lost its remark', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  await uploadRows(portal, cookie, '2026-09', [{ ...shielded, remark: '保密' }, listed]);
  const { rows } = await uploadRows(portal, cookie, '2026-10', [shielded, listed]);
  expect(rows.map((row) => [row.visibility, row.maskedName])).toEqual([
    ['withheld', null],
    ['listed', '任*香'],
  ]);
});

test('the register keeps a keyed ID, a day and a person, and no reason', async () => {
  await using portal = await createPortal();
  const { db, secrets } = portal.context;
  const cookie = await portal.signIn('publisher');
  await uploadRows(portal, cookie, '2026-10', [{ ...shielded, remark: '保密' }, listed]);
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
  const { id } = await uploadRows(portal, cookie, '2026-10', [
    { ...shielded, remark: '保密' },
    listed,
  ]);
  await decideList(portal, await portal.signIn('reviewer'), id, 'approve');
  const problems = await db.select().from(db.t.batchProblem);
  expect(problems.filter((problem) => problem.kind === 'withheld')).toEqual([]);
});

test('protection is lifted by two persons, never by one', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher');
  const { rows } = await uploadRows(portal, publisher, '2026-09', [
    { ...shielded, remark: '保密' },
    listed,
  ]);
  const path = `/api/staff/rows/${rows[0]?.id}/lift-protection`;
  const asked = await portal.call(path, { cookie: publisher, json: {} });
  expect(await asked.json()).toEqual({ state: 'requested' });
  const alone = await portal.call(path, { cookie: publisher, json: {} });
  expect(alone.status).toBe(403);
  const before = await uploadRows(portal, publisher, '2026-10', [shielded]);
  expect(before.rows[0]?.visibility).toBe('withheld');
  const reviewer = await portal.signIn('reviewer');
  const lifted = await portal.call(path, { cookie: reviewer, json: {} });
  expect(await lifted.json()).toEqual({ state: 'lifted' });
  const after = await uploadRows(portal, publisher, '2026-11', [shielded]);
  expect(after.rows[0]?.maskedName).toBe('陆*实');
});

test('a household entered by its ID number leaves the site and lists that wait, and the number is nowhere', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, rows } = await publishHouseholds(portal);
  const next = await uploadRows(portal, publisher, '2026-11', [shielded, listed]);
  const answer = await publishedBy(portal, () =>
    portal.call(PATH, { cookie: reviewer, json: { idNumber: shielded.id } }),
  );
  expect(answer.status).toBe(204);
  const after = await Promise.all(
    [rows[0]?.id, next.rows[0]?.id].map((id) => readListRow(portal.context.db, id ?? '')),
  );
  expect(after.map((row) => [row?.visibility, row?.maskedName])).toEqual([
    ['withheld', null],
    ['withheld', null],
  ]);
  expect(publicFolders(portal).flatMap((folder) => findInFolder(folder, ['陆*实']))).toEqual([]);
  expect(findInFolder(portal.root, [shielded.id])).toEqual([]);
});

test('a list uploaded before its household was protected does not name it when it is approved', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, rows } = await publishHouseholds(portal);
  const next = await uploadRows(portal, publisher, '2026-11', [shielded, listed]);
  const path = `/api/staff/rows/${rows[0]?.id}/take-down`;
  await publishedBy(portal, () =>
    portal.call(path, { cookie: publisher, json: { reason: 'PROTECTED' } }),
  );
  await decideList(portal, reviewer, next.id, 'approve');
  await publishedBy(portal, () =>
    portal.call('/api/staff/publications', { cookie: publisher, json: {} }),
  );
  expect(publicFolders(portal).flatMap((folder) => findInFolder(folder, ['陆*实']))).toEqual([]);
});

test('the register shows place and line, who entered it and who asked to lift it, never a name', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher');
  const marked = [{ ...shielded, remark: '保密' }, listed];
  const { rows } = await uploadRows(portal, publisher, '2026-10', marked);
  await portal.call(PATH, { cookie: publisher, json: { idNumber: idOf('19600101') } });
  const reviewer = await portal.signIn('reviewer');
  const lift = `/api/staff/rows/${rows[0]?.id}/lift-protection`;
  await portal.call(lift, { cookie: publisher, json: {} });
  const read = async () => (await portal.call(PATH, { cookie: reviewer })).json();
  const asked = {
    place: '青山镇柳树村',
    line: 2,
    since: '2026-11-20',
    by: '聂清和',
    liftAskedBy: '聂清和',
    mayLift: true,
  };
  expect(await read()).toMatchObject({
    items: [asked],
    unlisted: [{ since: '2026-11-20', by: '聂清和' }],
  });
  const cancelled = await portal.call(lift, { cookie: reviewer, method: 'DELETE' });
  expect(cancelled.status).toBe(204);
  expect(await read()).toMatchObject({ items: [{ liftAskedBy: null }] });
});

test('a number that cannot be an ID number is refused in words, and who does not manage protection too', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const wrong = await portal.call(PATH, { cookie, json: { idNumber: '990101195703030011' } });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain('身份证号有误');
  const leader = await portal.signIn('leader');
  const json = { idNumber: shielded.id };
  expect((await portal.call(PATH, { cookie: leader, json })).status).toBe(403);
  expect((await portal.call(PATH, { cookie: leader })).status).toBe(403);
});
