import { expect, test } from 'vitest';
import { moveRowVisibility } from '#db/queries/list-rows.ts';
import { protectHousehold } from '#db/queries/protected-households.ts';
import { openNames } from '#services/names-file.ts';
import { openBodyIdentity } from '#services/keyring.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { csvOf, decideList, idOf, uploadBatchId } from '#support/lists.ts';
import { findInFolder } from '#support/scan-folder.ts';

const PEOPLE = [
  { village: '柳树村', name: '任桂香', id: idOf('19550101'), members: 2 },
  { village: '柳树村', name: '段兰香', id: idOf('19560202') },
  { village: '柳树村', name: '陆秋实', id: idOf('19570303') },
  { village: '东河村', name: '安向阳', id: idOf('19580404') },
];

/** October's list of 青山镇, reviewed at the county, stands; November is due. */
async function openMonth() {
  const portal = await createPortal();
  const publisher = await portal.signIn('publisher-qingshan');
  const reviewer = await portal.signIn('reviewer');
  const file = { file: csvOf(PEOPLE), fileName: 'list.csv', period: '2026-10' };
  const october = await uploadBatchId(portal, publisher, file);
  await decideList(portal, reviewer, october, 'approve');
  return {
    portal,
    publisher,
    reviewer,
    october,
    carry: (id = october, cookie = publisher) =>
      portal.call(`/api/staff/batches/${id}/carry-over`, { cookie, method: 'POST' }),
    rowsOf: async (id: string) => {
      const { db } = portal.context;
      return (await db.select().from(db.t.listRow)).filter((row) => row.batchId === id);
    },
    [Symbol.asyncDispose]: portal.close,
  };
}

/** Moves the row of a masked name as a take-down, an objection or an exit does. */
async function moveRow(
  { context: { db } }: FreshPortal,
  maskedName: string,
  visibility: 'left' | 'held' | 'taken-down',
) {
  const row = (await db.select().from(db.t.listRow)).find((each) => each.maskedName === maskedName);
  await db.transaction((tx) => moveRowVisibility(tx, row?.id ?? '', 'listed', visibility));
}

test('a month like the last one is a new list of the households that still count', async () => {
  await using month = await openMonth();
  const { portal } = month;
  await moveRow(portal, '段*香', 'left');
  await moveRow(portal, '陆*实', 'held');
  await moveRow(portal, '安*阳', 'taken-down');
  const answer = await month.carry();
  expect(answer.status).toBe(201);
  const { id } = (await answer.json()) as { id: string };
  const view = await portal.call(`/api/staff/batches/${id}`, { cookie: month.reviewer });
  expect(await view.json()).toMatchObject({
    status: 'review',
    period: '2026-11',
    households: 3,
    persons: 4,
    amountCents: 150_000,
    comparedWith: { id: month.october },
    unexplained: { exits: 0 },
    villages: [
      { joined: 0, left: 0, changed: 0 },
      { joined: 0, left: 0, changed: 0 },
    ],
  });
  const rows = await month.rowsOf(id);
  expect(rows.map(({ maskedName, visibility }) => [maskedName, visibility])).toEqual([
    ['任*香', 'listed'],
    ['陆*实', 'held'],
    ['安*阳', 'taken-down'],
  ]);
  const old = new Set((await month.rowsOf(month.october)).map((row) => row.id));
  expect(rows.some((row) => old.has(row.id))).toBe(false);
});

test('the full names are sealed anew to both bodies, under the new rows, and stay sealed', async () => {
  await using month = await openMonth();
  const { portal } = month;
  const { id } = (await (await month.carry()).json()) as { id: string };
  const { db } = portal.context;
  const rows = await month.rowsOf(id);
  const files = (await db.select().from(db.t.sealedFile)).filter((file) => file.batchId === id);
  expect(files).toHaveLength(2);
  for (const login of ['publisher-qingshan', 'reviewer']) {
    const actor = await portal.actorOf(login);
    const names: string[] = [];
    for (const file of files) {
      for (const keyId of file.keyIds.split(' ')) {
        const identity = await openBodyIdentity(db, actor, keyId);
        if (!identity) continue;
        const { households } = await openNames(identity, file.sealed);
        expect(households.every(({ rowId }) => rows.some((row) => row.id === rowId))).toBe(true);
        names.push(...households.map((household) => household.fullName));
      }
    }
    expect(names.sort()).toEqual(PEOPLE.map((person) => person.name).sort());
  }
  const hashes = (await db.select().from(db.t.nameHash)).filter((hash) => hash.batchId === id);
  expect(hashes).toHaveLength(PEOPLE.length);
  const secrets = PEOPLE.flatMap((person) => [person.name, person.id]);
  expect(findInFolder(portal.context.config.dataDir, secrets)).toEqual([]);
});

test('a household that entered the register since is withheld in the new month', async () => {
  await using month = await openMonth();
  const { db } = month.portal.context;
  const [registered] = await month.rowsOf(month.october);
  await db.transaction((tx) =>
    protectHousehold(tx, {
      idMac: registered?.idMac ?? '',
      idKeyId: registered?.idKeyId ?? '',
      since: '2026-11-01',
      byPersonId: 'somebody',
    }),
  );
  const { id } = (await (await month.carry()).json()) as { id: string };
  const rows = await month.rowsOf(id);
  expect(rows[0]).toMatchObject({ maskedName: null, visibility: 'withheld', no: 0 });
  expect(rows[1]).toMatchObject({ maskedName: '段*香', visibility: 'listed', no: 1 });
  expect(await db.$count(db.t.protectedHousehold)).toBe(1);
});

test('a month is reported once, by its own body, and not before it has come', async () => {
  await using month = await openMonth();
  const { portal, publisher } = month;
  expect((await month.carry(month.october, month.reviewer)).status).toBe(403);
  const offered = await portal.call('/api/staff/carry-overs', { cookie: publisher });
  expect(await offered.json()).toMatchObject({
    items: [{ id: month.october, nextPeriod: '2026-11' }],
  });
  const first = (await (await month.carry()).json()) as { id: string };
  const again = await month.carry();
  expect(again.status).toBe(409);
  expect(await again.json()).toMatchObject({
    error: { code: 'not-now', message: '2026年11月的名单已经报送过了。' },
  });
  const none = await portal.call('/api/staff/carry-overs', { cookie: publisher });
  expect(await none.json()).toEqual({ items: [] });
  expect((await decideList(portal, month.reviewer, first.id, 'approve')).status).toBe(204);
  const early = await month.carry(first.id);
  expect(await early.json()).toMatchObject({
    error: { code: 'not-now', message: '2026年12月还没有到，不能提前报送。' },
  });
  expect((await month.carry()).status).toBe(409);
});

test('the person who carried a month over does not review it', async () => {
  await using month = await openMonth();
  const { id } = (await (await month.carry()).json()) as { id: string };
  const answer = await decideList(month.portal, month.publisher, id, 'approve');
  expect(answer.status).toBe(403);
  const { db } = month.portal.context;
  const entries = await db.select().from(db.t.auditEntry);
  expect(entries.filter((entry) => entry.action === 'batch.carry-over')).toHaveLength(1);
});

test('a preview shows the rows a resident would see, under the hash of the page', async () => {
  await using month = await openMonth();
  const { portal } = month;
  await moveRow(portal, '陆*实', 'held');
  const { id } = (await (await month.carry()).json()) as { id: string };
  const place = (await month.rowsOf(id))[0]?.placeCode ?? '';
  const path = `/api/staff/batches/${id}/preview?place=`;
  const answer = await portal.call(path + place, { cookie: month.reviewer });
  expect(await answer.json()).toMatchObject({
    notice: null,
    list: {
      period: '2026-11',
      aidType: 'RURAL_DIBAO',
      batchHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      rows: [
        { no: 1, maskedName: '任*香', members: 2, amountCents: 50_000, since: '2024-03' },
        { no: 2, maskedName: '段*香' },
      ],
    },
  });
  const elsewhere = await portal.call(`${path}990101200202`, { cookie: month.reviewer });
  expect(elsewhere.status).toBe(404);
});
