import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBody } from '#db/queries/bodies.ts';
import { listCurrentPlaces, readPlace } from '#db/queries/places.ts';
import { publish } from '#publishing/publish.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import { bodyNameOn } from '#services/bodies.ts';
import type { PublicFileKind } from '#rules/publication.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { csvOf, decideList, idOf, uploadBatchId } from '#support/lists.ts';
import { applyPlaceTable, sendPlaceTable } from '#support/places.ts';
import type { PlaceTableAnswer } from '#support/places.ts';

const QINGSHAN = '990101100000';
const LONGWAN = '990101200000';
const LIUSHU = '990101100201';
const SHIQIAO = '990101100203';
const TODAY = '2026-11-20';
function readPublic<K extends PublicFileKind>(portal: FreshPortal, kind: K, code?: string) {
  return createPublicReader(join(portal.context.config.dataDir, 'public'))(kind, code);
}

test('a table is shown before it changes anything, and applied whole when confirmed', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('security');
  const lines = [
    `990101100299,新河村,village,${QINGSHAN},,`,
    `${LIUSHU},柳湾村,village,${LONGWAN},,`,
    `${SHIQIAO},石桥村,village,${QINGSHAN},,高村务,0000-8000999`,
  ];
  const preview = (await (await sendPlaceTable(portal, cookie, lines)).json()) as PlaceTableAnswer;
  expect(preview).toMatchObject({ applied: false, problems: [] });
  expect(preview.changes.map(({ kind, code }) => [kind, code])).toEqual([
    ['added', '990101100299'],
    ['renamed', LIUSHU],
    ['moved', LIUSHU],
    ['contact', SHIQIAO],
  ]);
  expect(await readPlace(portal.context.db, '990101100299')).toBeNull();

  expect(await applyPlaceTable(portal, cookie, lines)).toMatchObject({ applied: true });
  const { db } = portal.context;
  expect(await readPlace(db, LIUSHU)).toMatchObject({ name: '柳湾村', parentCode: LONGWAN });
  expect(await readPlace(db, '990101100299')).toMatchObject({ validFrom: TODAY });
  expect(await readPlace(db, SHIQIAO)).toMatchObject({ contactPhone: '0000-8000999' });
  const again = (await (await sendPlaceTable(portal, cookie, lines)).json()) as PlaceTableAnswer;
  expect(again.changes).toEqual([]);
});

test('the bodies of towns and villages are formed, renamed, moved and merged with their places', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('security');
  const { db } = portal.context;
  await applyPlaceTable(portal, cookie, [
    '990101300000,新桥街道,town,990101000000,,',
    '990101300201,新河村,village,990101300000,,',
    `${LIUSHU},柳湾村,village,${LONGWAN},,`,
  ]);
  expect(await readBody(db, 'township-990101300000')).toMatchObject({
    name: '新桥街道办事处',
    superiorCode: 'bureau-990101000000',
    validFrom: TODAY,
  });
  expect((await readBody(db, 'village-990101300201'))?.superiorCode).toBe('township-990101300000');
  expect(await readBody(db, `village-${LIUSHU}`)).toMatchObject({
    name: '柳湾村村民委员会',
    superiorCode: `township-${LONGWAN}`,
  });
  expect(await bodyNameOn(db, `village-${LIUSHU}`, '2026-11-19')).toBe('柳树村村民委员会');
  await applyPlaceTable(portal, cookie, [`${QINGSHAN},青山镇,town,990101000000,${LONGWAN},`]);
  const ended = { validTo: TODAY, successorCode: `township-${LONGWAN}` };
  expect(await readBody(db, `township-${QINGSHAN}`)).toMatchObject(ended);
  expect((await readBody(db, `village-${SHIQIAO}`))?.superiorCode).toBe(`township-${LONGWAN}`);
});

test('a confirmation of other changes than those shown is refused', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('security');
  const line = `${LIUSHU},柳湾村,village,${QINGSHAN},,`;
  const shown = (await (await sendPlaceTable(portal, cookie, [line])).json()) as PlaceTableAnswer;
  const other = `${LIUSHU},柳河村,village,${QINGSHAN},,`;
  const answer = await sendPlaceTable(portal, cookie, [other], { confirm: shown.token });
  expect(answer.status).toBe(409);
  expect(await readPlace(portal.context.db, LIUSHU)).toMatchObject({ name: '柳树村' });
});

test.each([
  ['a wrong parent', `990101100299,新河村,village,990101000000,,`, '上级代码不对'],
  [
    'a merger into another level',
    `${LIUSHU},柳树村,village,${QINGSHAN},${LONGWAN},`,
    '并入的不是同级的现有区划',
  ],
  ['another level', `${LIUSHU},柳树村,town,990101000000,,`, '级别与原来的不同；换级别要用新的代码'],
])('a line with %s stops the table and is named', async (_, line, words) => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('security');
  const good = `${SHIQIAO},大石桥村,village,${QINGSHAN},,`;
  const result = await applyPlaceTable(portal, cookie, [good, line]);
  expect(result).toMatchObject({ applied: false, problems: [{ line: 3, words }] });
  expect(await readPlace(portal.context.db, SHIQIAO)).toMatchObject({ name: '石桥村' });
});

test('a date that lies ahead, another role and a file that is no table are refused', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('security');
  expect((await sendPlaceTable(portal, cookie, [], { on: '2026-11-21' })).status).toBe(422);
  const table = Buffer.from('\u0000nothing').toString('base64');
  const json = { table, on: TODAY };
  expect((await portal.call('/api/staff/places/table', { cookie, json })).status).toBe(422);
  const publisher = await portal.signIn('publisher');
  expect((await sendPlaceTable(portal, publisher, [])).status).toBe(403);
});

test('households of a merged village stand under its successor at once', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher');
  const file = csvOf([
    { village: '柳树村', name: '王建国', id: idOf('19550101') },
    { village: '石桥村', name: '李秀兰', id: idOf('19560101') },
  ]);
  const id = await uploadBatchId(portal, publisher, { file, fileName: 'list.csv' });
  await decideList(portal, await portal.signIn('reviewer'), id, 'approve');
  const cookie = await portal.signIn('security');
  const merged = `${LIUSHU},柳树村,village,${QINGSHAN},${SHIQIAO},`;
  expect(await applyPlaceTable(portal, cookie, [merged])).toMatchObject({ applied: true });
  expect(await publish(portal.context)).toMatchObject({ status: 'live' });
  const village = await readPublic(portal, 'village', SHIQIAO);
  expect(village?.lists[0]?.rows.map((row) => row.no)).toEqual([1, 2]);
  expect(await readPublic(portal, 'village', LIUSHU)).toBeNull();
  expect(await readPublic(portal, 'formerPlaces')).toEqual({
    places: [{ code: LIUSHU, name: '柳树村', endedOn: TODAY, successorCode: SHIQIAO }],
  });
  const current = await listCurrentPlaces(portal.context.db);
  expect(current.map((place) => place.code)).not.toContain(LIUSHU);
});

test('a contact person is set and taken away again', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('security');
  const set = (json: object) =>
    portal.call(`/api/staff/places/${LIUSHU}/contact`, { cookie, json });
  expect((await set({ contactName: '高村务', contactPhone: '一二三' })).status).toBe(422);
  expect((await set({ contactName: '高村务', contactPhone: '13800138000' })).status).toBe(204);
  expect(await publish(portal.context)).toMatchObject({ status: 'live' });
  expect(await readPublic(portal, 'contacts', QINGSHAN)).toEqual({
    code: QINGSHAN,
    contacts: [{ placeCode: LIUSHU, name: '高村务', phone: '13800138000' }],
  });
  expect((await set({ contactName: '', contactPhone: '' })).status).toBe(204);
  expect(await publish(portal.context)).toMatchObject({ status: 'live' });
  expect(await readPublic(portal, 'contacts', QINGSHAN)).toBeNull();
});

test('a file may go on writing the names a village had, and those of villages merged into it', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('security');
  await applyPlaceTable(portal, cookie, [
    `${LIUSHU},柳树村,village,${QINGSHAN},${SHIQIAO},`,
    `${SHIQIAO},大石桥村,village,${QINGSHAN},,`,
  ]);
  const file = csvOf([
    { village: '柳树村', name: '王建国', id: idOf('19550101') },
    { village: '石桥村', name: '李秀兰', id: idOf('19560101') },
  ]);
  const publisher = await portal.signIn('publisher');
  const id = await uploadBatchId(portal, publisher, { file, fileName: 'list.csv' });
  const view = await portal.call(`/api/staff/batches/${id}`, { cookie: publisher });
  expect(await view.json()).toMatchObject({ households: 2, villages: [{ placeCode: SHIQIAO }] });
});

test('a line that cannot be read is named with its column in Chinese', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('security');
  const words = async (line: string) => {
    const answer = await sendPlaceTable(portal, cookie, [line]);
    return ((await answer.json()) as { error: { message: string } }).error.message;
  };
  expect(await words('1,柳树村,village,,,,')).toContain('第2行“区划代码”：');
  expect(await words(`${LIUSHU},柳树村,hamlet,${QINGSHAN},,,`)).toContain(
    '第2行“级别”：级别应为县',
  );
});
