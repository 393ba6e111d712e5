import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import {
  csvOf,
  decideList,
  idOf,
  readSpecimen,
  uploadBatchId,
  uploadList,
} from '#support/lists.ts';

const TOWNSHIP = 'township-990101100000';
const ren = { village: '柳树村', name: '任桂香', id: idOf('19550101') };
const duan = { village: '柳树村', name: '段兰香', id: idOf('19560202') };
const lu = { village: '柳树村', name: '陆秋实', id: idOf('19570303') };

async function approve(
  portal: FreshPortal,
  login: string,
  upload: Parameters<typeof uploadList>[2],
) {
  const id = await uploadBatchId(portal, await portal.signIn(login), upload);
  await decideList(portal, await portal.signIn('reviewer'), id, 'approve');
  return id;
}

async function reasonsOf(portal: FreshPortal, batchId: string) {
  const { db } = portal.context;
  const problems = await db.select().from(db.t.batchProblem);
  return problems
    .filter((problem) => problem.batchId === batchId)
    .map(({ line, kind, reason }) => ({ line, kind, reason }));
}

test('a household that another body lists now is pointed out at its line', async () => {
  await using portal = await createPortal();
  await approve(portal, 'publisher', { file: csvOf([duan, lu]), fileName: 'list.csv' });
  const cookie = await portal.signIn('publisher-qingshan');
  const id = await uploadBatchId(portal, cookie, {
    file: csvOf([ren, lu]),
    fileName: 'list.csv',
    bodyCode: TOWNSHIP,
  });
  expect(await reasonsOf(portal, id)).toEqual([
    { line: 3, kind: 'warning', reason: 'listed-elsewhere' },
  ]);
});

test('a household that has another kind of standing aid is pointed out, one with temporary relief is not', async () => {
  await using portal = await createPortal();
  await approve(portal, 'publisher', { file: csvOf([lu]), fileName: 'list.csv' });
  const cookie = await portal.signIn('publisher');
  const upload = { file: csvOf([ren, lu]), fileName: 'list.csv' };
  const tekun = await uploadBatchId(portal, cookie, { ...upload, aidType: 'TEKUN' });
  expect(await reasonsOf(portal, tekun)).toContainEqual({
    line: 3,
    kind: 'warning',
    reason: 'other-aid-type',
  });
  const relief = await uploadBatchId(portal, cookie, { ...upload, aidType: 'TEMP' });
  expect((await reasonsOf(portal, relief)).map(({ reason }) => reason)).not.toContain(
    'other-aid-type',
  );
});

test('the list that a new one follows is no duplicate of it', async () => {
  await using portal = await createPortal();
  const upload = { file: csvOf([ren, lu]), fileName: 'list.csv' };
  await approve(portal, 'publisher', { ...upload, period: '2026-09' });
  const id = await uploadBatchId(portal, await portal.signIn('publisher'), upload);
  expect(await reasonsOf(portal, id)).toEqual([]);
});

test('why a household left is taken from the file, for those that were on the list before', async () => {
  await using portal = await createPortal();
  const before = csvOf([ren, duan]);
  await approve(portal, 'publisher', { file: before, fileName: 'list.csv', period: '2026-09' });
  const header = '序号,乡镇,村,户主姓名,身份证号,保障人口,月保障金额(元),批准时间,增减,备注';
  const file = [
    header,
    `1,青山镇,柳树村,任桂香,${ren.id},1,500,2024-03,,`,
    `2,青山镇,柳树村,段兰香,${duan.id},1,500,2024-03,退出,死亡`,
    `3,青山镇,柳树村,陆秋实,${lu.id},1,500,2024-03,退出,死亡`,
  ].join('\r\n');
  const id = await uploadBatchId(portal, await portal.signIn('publisher'), {
    file,
    fileName: 'list.csv',
  });
  const { db, secrets } = portal.context;
  expect(await db.select().from(db.t.listExit)).toEqual([
    {
      batchId: id,
      idMac: secrets.mac('household-id', duan.id).mac,
      placeCode: expect.stringMatching(/^990101/),
      reason: 'DEATH',
      setBy: null,
    },
  ]);
});

test('a form that is sent twice makes one list, also when both arrive at once', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const upload = { file: readSpecimen('layout-a-households.xlsx') };
  const answers = await Promise.all([
    uploadList(portal, cookie, upload),
    uploadList(portal, cookie, upload),
  ]);
  expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  const again = await uploadList(portal, cookie, upload);
  expect(await again.json()).toMatchObject({
    error: { code: 'already-uploaded', message: expect.stringContaining('正在等待审查') },
  });
  const { db } = portal.context;
  expect(await db.$count(db.t.batch)).toBe(1);
});

test('the same file is another list for another month, and after it was returned', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const upload = { file: csvOf([lu]), fileName: 'list.csv' };
  const id = await uploadBatchId(portal, cookie, upload);
  expect((await uploadList(portal, cookie, { ...upload, period: '2026-11' })).status).toBe(201);
  await decideList(portal, await portal.signIn('reviewer'), id, 'reject');
  expect((await uploadList(portal, cookie, upload)).status).toBe(201);
});

test('the column of a problem is kept', async () => {
  await using portal = await createPortal();
  const file = csvOf([lu, { ...ren, amount: '很多' }]);
  await uploadBatchId(portal, await portal.signIn('publisher'), { file, fileName: 'list.csv' });
  const { db } = portal.context;
  expect(await db.select().from(db.t.batchProblem)).toMatchObject([
    { line: 3, column: 'G', reason: 'amount-unreadable' },
  ]);
});

test('a title of another month or another aid type than stated is pointed out', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const file = `青山镇2026年9月城市低保花名册\r\n${csvOf([ren])}`;
  const id = await uploadBatchId(portal, cookie, { file, fileName: 'list.csv' });
  expect(await reasonsOf(portal, id)).toEqual([
    { line: 1, kind: 'warning', reason: 'period-differs' },
    { line: 1, kind: 'warning', reason: 'aid-type-differs' },
  ]);
});

test('a row of another kind of aid than the list waits for a list of its own', async () => {
  await using portal = await createPortal();
  const [header = '', ...data] = csvOf([lu, ren]).trimEnd().split('\r\n');
  const kinds = ['农村低保', '特困人员'];
  const file = [`${header},救助类型`, ...data.map((line, at) => `${line},${kinds[at]}`)].join(
    '\r\n',
  );
  const id = await uploadBatchId(portal, await portal.signIn('publisher'), {
    file,
    fileName: 'list.csv',
  });
  expect(await reasonsOf(portal, id)).toEqual([
    { line: 3, kind: 'rejected', reason: 'aid-type-other' },
  ]);
});
