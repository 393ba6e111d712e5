import { expect, test } from 'vitest';
import { upsertSetting } from '#db/queries/settings.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { csvOf, idOf, uploadBatchId, uploadList } from '#support/lists.ts';

const household = { village: '柳树村', name: '陆秋实', id: idOf('19570303') };
const list = { file: csvOf([household]), fileName: 'list.csv' };
/** Nobody receives anything yet, so there is no column 批准时间. */
const proposed = {
  file: `序号,乡镇,村,户主姓名,身份证号,保障人口,月保障金额(元)\r\n1,青山镇,柳树村,陆秋实,${idOf('19570303')},1,500`,
  fileName: 'list.csv',
};

async function readBatches(portal: FreshPortal) {
  const { db } = portal.context;
  return db.select().from(db.t.batch);
}

test('a notice without a start month is taken and runs as long as its kind', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  await uploadBatchId(portal, cookie, { ...proposed, fields: { kind: 'REPEAT_NOTICE' } });
  expect(await readBatches(portal)).toMatchObject([
    { kind: 'REPEAT_NOTICE', noticeDays: 3, noticeUnit: 'calendar', noticeFrom: null },
  ]);
  const { db } = portal.context;
  expect(await db.select().from(db.t.listRow)).toMatchObject([{ since: '' }]);
  expect(await db.select().from(db.t.batchProblem)).toEqual([]);
});

test('a long-term list needs the start month', async () => {
  await using portal = await createPortal();
  const answer = await uploadList(portal, await portal.signIn('publisher'), proposed);
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({
    error: { code: 'file-refused', message: expect.stringContaining('起始月份') },
  });
});

test('a notice begins at the stated hour in Shanghai and runs the stated working days', async () => {
  await using portal = await createPortal();
  const fields = {
    kind: 'REVIEW_NOTICE',
    noticeDays: '10',
    noticeUnit: 'working',
    noticeDate: '2026-12-01',
    noticeHour: '9',
  };
  await uploadBatchId(portal, await portal.signIn('publisher'), { ...proposed, fields });
  const noticeFrom = Date.parse('2026-12-01T09:00:00+08:00');
  expect(await readBatches(portal)).toMatchObject([
    { noticeDays: 10, noticeUnit: 'working', noticeFrom },
  ]);
});

test('the county sets how long notices run', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  await db.transaction(async (tx) => {
    await upsertSetting(tx, 'notice_days_review', '5');
    await upsertSetting(tx, 'notice_unit', 'working');
  });
  const cookie = await portal.signIn('publisher');
  const options = await portal.call('/api/staff/batches/options', { cookie });
  expect(await options.json()).toMatchObject({
    notice: { days: { REVIEW_NOTICE: 5, CONFIRMATION_NOTICE: 7 }, unit: 'working' },
  });
  await uploadBatchId(portal, cookie, { ...proposed, fields: { kind: 'REVIEW_NOTICE' } });
  expect(await readBatches(portal)).toMatchObject([{ noticeDays: 5, noticeUnit: 'working' }]);
});

test.each([
  ['noticeDays', '0', '1到60'],
  ['noticeDays', '七', '1到60'],
  ['noticeDate', '2026-11-19', '不能早于今天'],
  ['noticeDate', '2026-02-30', '存在的日期'],
  ['noticeDate', '2062-12-01', '核对年份'],
  ['noticeHour', '24', '钟点'],
  ['kind', 'OTHER', '哪一种公示'],
])('%s %s is refused beside its field', async (field, value, words) => {
  await using portal = await createPortal();
  const fields = { kind: 'REVIEW_NOTICE', [field]: value };
  const answer = await uploadList(portal, await portal.signIn('publisher'), { ...list, fields });
  expect(answer.status).toBe(422);
  const { error } = (await answer.json()) as { error: { fields: Record<string, string> } };
  expect(error.fields[field]).toContain(words);
  expect(await readBatches(portal)).toEqual([]);
});

test('a list that stands until the next one has no days of a notice', async () => {
  await using portal = await createPortal();
  const fields = { noticeDays: '10', noticeDate: '2026-12-01' };
  await uploadBatchId(portal, await portal.signIn('publisher'), { ...list, fields });
  expect(await readBatches(portal)).toMatchObject([
    { kind: 'LIST', noticeDays: null, noticeUnit: null, noticeFrom: null },
  ]);
});
