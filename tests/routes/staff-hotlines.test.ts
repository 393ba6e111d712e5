import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publish } from '#publishing/publish.ts';
import {
  ANSWERED,
  BUREAU_LINE,
  QINGSHAN_LINE,
  auditOf,
  openHotlines,
  refusalOf,
} from '#support/hotlines.ts';
import { publishedBy } from '#support/publications.ts';

const FIELDS = {
  unit: '青山镇人民政府',
  phone: '0000-8000201',
  secondPhone: '0000-8000299',
  contact: '社会事务办公室',
  hours: '每天 8:00-20:00',
  position: 1,
};
const QINGSHAN = '990101100000';

type Portal = Awaited<ReturnType<typeof openHotlines>>;
function change(portal: Portal, login: string, json: object, id = QINGSHAN_LINE) {
  return portal.desk.call(login, `/api/staff/hotlines/${id}`, json);
}
function readPublic(portal: Portal) {
  return createPublicReader(join(portal.context.config.dataDir, 'public'));
}

test('one editor changes a hotline; the new number goes live by itself and is no leak', async () => {
  await using portal = await openHotlines();
  const fields = { ...FIELDS, phone: '13800138000' };
  const checked = await change(portal, 'hotline', { revision: 1, fields, checkOnly: true });
  expect(await checked.json()).toEqual({ id: QINGSHAN_LINE, saved: false });
  expect((await portal.open('hotline')).phone).toBe('0000-8000201');
  await publish(portal.context);
  const saved = await publishedBy(portal, () =>
    change(portal, 'publisher-qingshan', { revision: 1, fields }),
  );
  expect(await saved.json()).toEqual({ id: QINGSHAN_LINE, saved: true });
  const file = await readPublic(portal)('hotlines');
  expect(file?.items.find((item) => item.placeCode === QINGSHAN)).toEqual({
    placeCode: QINGSHAN,
    unit: '青山镇人民政府',
    level: 'town',
    phones: ['13800138000', '0000-8000299'],
    contact: '社会事务办公室',
    hours: '每天 8:00-20:00',
  });
  expect(await auditOf(portal, 'hotline.')).toEqual(['hotline.change']);
});

test('the second editor of the same hotline is told and overwrites nothing', async () => {
  await using portal = await openHotlines();
  const first = { revision: 1, fields: { ...FIELDS, contact: '民政办' } };
  expect((await change(portal, 'publisher', first)).status).toBe(200);
  const second = { revision: 1, fields: { ...FIELDS, contact: '党政办' } };
  expect(await refusalOf(await change(portal, 'hotline', second))).toMatchObject({
    status: 409,
    code: 'state-changed',
  });
  expect(await portal.open('hotline')).toMatchObject({ contact: '民政办', revision: 2 });
});

test('a township changes its own hotline and no other', async () => {
  await using portal = await openHotlines();
  const other = { revision: 1, fields: { ...FIELDS, phone: '0000-8000001' } };
  expect((await change(portal, 'publisher-qingshan', other, BUREAU_LINE)).status).toBe(404);
  const own = { revision: 1, fields: { ...FIELDS, unit: '示范区民政局' } };
  expect((await change(portal, 'publisher-qingshan', own)).status).toBe(200);
  expect((await change(portal, 'township-qingshan', { ...own, revision: 2 })).status).toBe(403);
  const added = { placeCode: '990101000000', fields: { ...FIELDS, phone: '0000-8000777' } };
  const refused = await portal.desk.call('publisher-qingshan', '/api/staff/hotlines', added);
  expect(refused.status).toBe(403);
});

test.each([
  ['phone', { phone: '8000201' }, '写上区号'],
  ['phone', { phone: '0000-8000301' }, '已经公布在别的一条里'],
  ['secondPhone', { secondPhone: '0000-8000201' }, '两个号码一样'],
  ['unit', { unit: ' ' }, '填写单位名称'],
  ['hours', { hours: '' }, '填写接听时间'],
  ['contact', { contact: '池某 13800138000' }, '电话写在“电话”一栏'],
  ['position', { position: 0 }, '1到99'],
])('what is wrong with %s is said there', async (field, fault, words) => {
  await using portal = await openHotlines();
  const answer = await change(portal, 'hotline', { revision: 1, fields: { ...FIELDS, ...fault } });
  const { status, fields } = await refusalOf(answer);
  expect(status).toBe(422);
  expect(fields[field] ?? fields[`fields.${field}`]).toContain(words);
});

test('a hotline is added after the others of its place, and ends without losing its tests', async () => {
  await using portal = await openHotlines();
  const fields = { ...FIELDS, unit: '青山镇纪委', phone: '0000-8000210', secondPhone: '' };
  const added = { placeCode: QINGSHAN, fields: { ...fields, position: 9 } };
  await publish(portal.context);
  const answer = await publishedBy(portal, () =>
    portal.desk.call('hotline', '/api/staff/hotlines', added),
  );
  const { id } = (await answer.json()) as { id: string };
  expect(id).toBe(`${QINGSHAN}:0005`);
  const units = (await portal.read('publisher-qingshan')).items.map(({ unit }) => unit);
  expect(units).toEqual(['青山镇人民政府', '青山镇纪委']);
  const call = { ...ANSWERED, phone: '0000-8000210' };
  await publishedBy(portal, () => portal.record('hotline', call, id));
  const end = (revision: number) =>
    portal.desk.call('hotline', `/api/staff/hotlines/${id}/end`, { revision });
  expect((await end(7)).status).toBe(409);
  expect((await publishedBy(portal, () => end(1))).status).toBe(204);
  expect((await end(1)).status).toBe(404);
  expect((await portal.read('hotline')).items.map((item) => item.id)).not.toContain(id);
  const figures = await portal.desk.call('hotline', '/api/staff/hotline-figures');
  expect(await figures.json()).toMatchObject({ items: [{ calls: 1 }] });
  const care = await readPublic(portal)('hotlineCare');
  expect(care?.tests).toEqual([]);
});

test('the county keeps at least one hotline', async () => {
  await using portal = await openHotlines();
  const end = (id: string) =>
    portal.desk.call('hotline', `/api/staff/hotlines/${id}/end`, { revision: 1 });
  expect((await end('990101000000:0002')).status).toBe(204);
  const refused = await refusalOf(await end(BUREAU_LINE));
  expect(refused).toMatchObject({ status: 409, code: 'not-now' });
  expect(refused.message).toContain('至少要公布一部电话');
});

test('a changed number has no tests yet, while the old ones stay on record', async () => {
  await using portal = await openHotlines();
  await portal.record('hotline');
  await change(portal, 'hotline', { revision: 1, fields: { ...FIELDS, phone: '0000-8000222' } });
  expect(await portal.numberOf('hotline', '0000-8000222')).toMatchObject({ state: 'never' });
  expect((await portal.open('hotline')).calls).toHaveLength(1);
});
