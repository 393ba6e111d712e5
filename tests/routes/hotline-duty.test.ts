import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publish } from '#publishing/publish.ts';
import { carryDuty } from '#rules/hotline-duty.ts';
import { QINGSHAN_LINE, auditOf, openHotlines, refusalOf } from '#support/hotlines.ts';
import { publishedBy } from '#support/publications.ts';

const WEEK = {
  fromDate: '2026-11-16',
  toDate: '2026-11-20',
  hours: '8:30-17:30',
  who: '民政办值班室',
};
type Portal = Awaited<ReturnType<typeof openHotlines>>;
function send(portal: Portal, json: object, path = '', login = 'publisher-qingshan') {
  return portal.desk.call(login, `/api/staff/hotlines/${QINGSHAN_LINE}/duty${path}`, json);
}

test('who is on duty is recorded by the unit, published and taken off again', async () => {
  await using portal = await openHotlines();
  await publish(portal.context);
  expect((await publishedBy(portal, () => send(portal, WEEK))).status).toBe(204);
  expect((await refusalOf(await send(portal, WEEK))).fields).toHaveProperty('who');
  const read = createPublicReader(join(portal.context.config.dataDir, 'public'));
  expect((await read('hotlineCare'))?.duty).toEqual([
    {
      placeCode: '990101100000',
      phone: '0000-8000201',
      from: '2026-11-16',
      to: '2026-11-20',
      hours: '8:30-17:30',
      who: '民政办值班室',
    },
  ]);
  const [line] = (await portal.open('hotline')).duty;
  expect((await send(portal, {}, `/${line?.id}/removal`)).status).toBe(204);
  expect((await send(portal, {}, `/${line?.id}/removal`)).status).toBe(409);
  expect(await auditOf(portal, 'hotline.')).toEqual(['hotline.add-duty', 'hotline.drop-duty']);
});

test('a month takes over the roster of the month before, once', async () => {
  await using portal = await openHotlines();
  expect((await send(portal, { month: '2026-12' }, '/copy')).status).toBe(409);
  await send(portal, { ...WEEK, fromDate: '2026-11-02', toDate: '2026-11-06' });
  await send(portal, { ...WEEK, fromDate: '2026-11-30', toDate: '2026-12-04', who: '党政办' });
  const copied = await send(portal, { month: '2026-12' }, '/copy');
  expect(await copied.json()).toEqual({ lines: 1 });
  const lines = (await portal.open('hotline')).duty;
  expect(lines.at(-1)).toMatchObject({ fromDate: '2026-12-07', toDate: '2026-12-11' });
  expect((await send(portal, { month: '2026-12' }, '/copy')).status).toBe(409);
});

test.each([
  ['fromDate', { fromDate: '2026-11-31' }],
  ['toDate', { toDate: '2026-11-15' }],
  ['toDate', { toDate: '2027-11-15' }],
  ['who', { who: '' }],
  ['who', { who: '池某 13800138000' }],
])('what is wrong with %s is said there', async (field, fault) => {
  await using portal = await openHotlines();
  const { status, fields } = await refusalOf(await send(portal, { ...WEEK, ...fault }));
  expect({ status, at: Object.keys(fields) }).toEqual({ status: 422, at: [field] });
});

test('a township arranges its own duty only, and who watches arranges none', async () => {
  await using portal = await openHotlines();
  expect((await send(portal, WEEK, '', 'township-qingshan')).status).toBe(403);
  expect((await send(portal, WEEK, '', 'township-yunshui')).status).toBe(404);
  expect((await portal.open('township-qingshan')).duty).toEqual([]);
});

test.each([
  ['2026-11-02', '2026-11-08', '2026-12-07', '2026-12-13'],
  ['2026-11-01', '2026-11-30', '2026-12-01', '2026-12-31'],
  ['2026-11-21', '2026-11-22', '2026-12-26', '2026-12-27'],
])('a duty from %s to %s is carried to %s to %s', (fromDate, toDate, from, to) => {
  expect(carryDuty({ fromDate, toDate }, '2026-12')).toEqual({ fromDate: from, toDate: to });
});
