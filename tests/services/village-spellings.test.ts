import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { csvOf, decideList, idOf, readProblems, uploadBatchId } from '#support/lists.ts';
import { findInFolder } from '#support/scan-folder.ts';

const ren = { village: '柳树村', name: '任桂香', id: idOf('19550101') };
const duan = { village: '老柳树屯', name: '段兰香', id: idOf('19560202') };
const lu = { village: '柳树', name: '陆秋实', id: idOf('19570303') };
const WILLOW = '990101100201';
const TOWN = '990101100000';

type Spellings = {
  items: { town: string; written: string; placeCode: string | null; confirmed: string | null }[];
  villages: { code: string; name: string }[];
  isStale: boolean;
  may: { confirm: boolean };
};

async function read(portal: FreshPortal, cookie: string, id: string): Promise<Spellings> {
  const answer = await portal.call(`/api/staff/batches/${id}/spellings`, { cookie });
  return (await answer.json()) as Spellings;
}

async function confirm(portal: FreshPortal, cookie: string, id: string, written: string[]) {
  const { villages } = await read(portal, cookie, id);
  const placeCode = villages.find((village) => village.name === '柳树村')?.code ?? '';
  const spellings = written.map((each) => ({ town: '青山镇', written: each, placeCode }));
  return portal.call(`/api/staff/batches/${id}/spellings`, { cookie, json: { spellings } });
}

const reread = (portal: FreshPortal, cookie: string, id: string) =>
  portal.call(`/api/staff/batches/${id}/reread`, { cookie, method: 'POST' });

async function upload(portal: FreshPortal, households = [ren, duan, lu], period = '2026-10') {
  const cookie = await portal.signIn('publisher-qingshan');
  const file = csvOf(households);
  return { cookie, id: await uploadBatchId(portal, cookie, { file, fileName: 'a.csv', period }) };
}

test('each spelling is shown with what it was taken for, to importer and reviewer', async () => {
  await using portal = await createPortal();
  const { cookie, id } = await upload(portal);
  for (const reader of [cookie, await portal.signIn('reviewer')]) {
    const { items, may, isStale } = await read(portal, reader, id);
    expect(items).toMatchObject([
      { town: '青山镇', written: '老柳树屯', placeCode: null, confirmed: null },
      { town: '青山镇', written: '柳树', placeCode: expect.any(String), confirmed: null },
    ]);
    expect([may.confirm, isStale]).toEqual([true, false]);
  }
});

test('what was confirmed is read from the sealed file, and next month is known without a word', async () => {
  await using portal = await createPortal();
  const { cookie, id } = await upload(portal);
  expect((await confirm(portal, cookie, id, ['老柳树屯', '柳树'])).status).toBe(204);
  expect((await read(portal, cookie, id)).isStale).toBe(true);
  const answer = await reread(portal, cookie, id);
  expect(await answer.json()).toMatchObject({ households: 3, rejected: 0, warnings: 0 });
  expect((await read(portal, cookie, id)).isStale).toBe(false);
  const { db } = portal.context;
  expect(await db.select().from(db.t.batch)).toMatchObject([{ households: 3, status: 'review' }]);
  expect(await db.$count(db.t.listRow)).toBe(3);
  expect(await db.$count(db.t.batchProblem)).toBe(0);
  expect(await db.$count(db.t.nameHash)).toBe(3);

  const next = await upload(portal, [ren, duan, lu], '2026-11');
  const view = await portal.call(`/api/staff/batches/${next.id}`, { cookie });
  expect(await view.json()).toMatchObject({ households: 3 });
  expect(await readProblems(portal, cookie, next.id)).toEqual([]);
});

test('the reviewer may read the file anew; whoever uploaded it stays its uploader', async () => {
  await using portal = await createPortal();
  const { cookie, id } = await upload(portal);
  const reviewer = await portal.signIn('reviewer');
  expect((await confirm(portal, reviewer, id, ['老柳树屯'])).status).toBe(204);
  expect((await reread(portal, reviewer, id)).status).toBe(200);
  const { db } = portal.context;
  const [batch] = await db.select().from(db.t.batch);
  const uploader = await portal.call(`/api/staff/batches/${id}`, { cookie });
  expect(await uploader.json()).toMatchObject({ may: { decide: false } });
  expect(batch?.uploadedBy).toBe((await portal.actorOf('publisher-qingshan')).personId);
  expect((await decideList(portal, reviewer, id, 'approve')).status).toBe(204);
});

test('a decision about an earlier reading is refused', async () => {
  await using portal = await createPortal();
  const { cookie, id } = await upload(portal);
  const reviewer = await portal.signIn('reviewer');
  const path = `/api/staff/batches/${id}`;
  const seen = async () =>
    (await (await portal.call(path, { cookie: reviewer })).json()) as { reading: string };
  const { reading } = await seen();
  await confirm(portal, cookie, id, ['老柳树屯']);
  await reread(portal, cookie, id);
  const decide = (about: string) => {
    const json = { decision: 'approve', disclosureReview: true, reading: about };
    return portal.call(`${path}/decision`, { cookie: reviewer, json });
  };
  const stale = await decide(reading);
  expect([stale.status, await stale.json()]).toMatchObject([
    409,
    { error: { code: 'state-changed', message: expect.stringContaining('重新读取') } },
  ]);
  expect((await decide((await seen()).reading)).status).toBe(204);
});

test('reasons that a person set for exits outlive a new reading', async () => {
  await using portal = await createPortal();
  const gone = { village: '柳树村', name: '方守义', id: idOf('19580404') };
  const before = await upload(portal, [ren, gone], '2026-09');
  const reviewer = await portal.signIn('reviewer');
  await decideList(portal, reviewer, before.id, 'approve');
  const { cookie, id } = await upload(portal);
  const exits = await portal.call(`/api/staff/batches/${id}/exits`, {
    cookie: reviewer,
    json: { reason: 'DEATH' },
  });
  expect(exits.status).toBeLessThan(300);
  await confirm(portal, cookie, id, ['老柳树屯']);
  expect((await reread(portal, cookie, id)).status).toBe(200);
  const { db } = portal.context;
  expect(await db.select().from(db.t.listExit)).toMatchObject([
    { batchId: id, reason: 'DEATH', setBy: expect.any(String) },
  ]);
});

test('a decided list is neither confirmed nor read anew', async () => {
  await using portal = await createPortal();
  const { cookie, id } = await upload(portal);
  await decideList(portal, await portal.signIn('reviewer'), id, 'reject');
  expect((await confirm(portal, cookie, id, ['老柳树屯'])).status).toBe(409);
  expect((await reread(portal, cookie, id)).status).toBe(409);
  expect((await read(portal, cookie, id)).may.confirm).toBe(false);
});

test('a spelling means a village of its own town only', async () => {
  await using portal = await createPortal();
  const { cookie, id } = await upload(portal);
  const path = `/api/staff/batches/${id}/spellings`;
  for (const choice of [
    { town: '青山镇', written: '老柳树屯', placeCode: '990101200202' },
    { town: '青山镇', written: '老柳树屯', placeCode: TOWN },
    { town: '青山镇', written: '没有写过', placeCode: WILLOW },
  ]) {
    const answer = await portal.call(path, { cookie, json: { spellings: [choice] } });
    expect(answer.status).toBe(422);
  }
  const { db } = portal.context;
  expect(await db.$count(db.t.placeAlias)).toBe(0);
});

test('those who have nothing to do with the list learn nothing of its spellings', async () => {
  await using portal = await createPortal();
  const id = await uploadBatchId(portal, await portal.signIn('publisher'), {
    file: csvOf([ren, duan]),
    fileName: 'a.csv',
  });
  const cookie = await portal.signIn('publisher-qingshan');
  for (const part of ['spellings', 'problems', 'problems.xlsx']) {
    const answer = await portal.call(`/api/staff/batches/${id}/${part}`, { cookie });
    expect(answer.status).toBe(404);
  }
  expect((await reread(portal, cookie, id)).status).toBe(404);
});

test('confirming and reading anew leave one audit entry each, and nothing in clear', async () => {
  await using portal = await createPortal();
  const { cookie, id } = await upload(portal);
  await confirm(portal, cookie, id, ['老柳树屯', '柳树']);
  await reread(portal, cookie, id);
  const { db, config } = portal.context;
  const entries = await db.select().from(db.t.auditEntry);
  expect(entries.filter((entry) => entry.subjectId === id).map((entry) => entry.action)).toEqual([
    'batch.upload',
    'batch.confirm-spellings',
    'batch.reread',
  ]);
  const whole = [ren, duan, lu].flatMap(({ name, id: number }) => [name, number]);
  expect(findInFolder(config.dataDir, whole)).toEqual([]);
});
