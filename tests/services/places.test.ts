import { expect, test } from 'vitest';
import { listAuditEntries } from '#db/queries/audit.ts';
import { listBodies, readBody } from '#db/queries/bodies.ts';
import { listCurrentPlaces, readPlace } from '#db/queries/places.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { bodiesOf, bodyNameOn, renameBody, reorganiseBody } from '#services/bodies.ts';
import { readPlaceTable } from '#services/directory-tables.ts';
import { importPlaces, placeNameOn, renamePlace, reorganisePlace } from '#services/places.ts';
import { createPortal } from '#support/fresh-portal.ts';

const QINGSHAN = '990101100000';
const LIUSHU = '990101100201';
const SHIQIAO = '990101100203';
const BEFORE = '2026-11-30';
const AFTER = '2026-12-01';

test('a renamed village has its old name on older dates and keeps its code', async () => {
  await using portal = await createPortal();
  const { context } = portal;
  const { db } = context;
  const actor = await portal.actorOf('security');
  await renamePlace(context, actor, { code: LIUSHU, name: '柳树湾村', from: AFTER });
  await renamePlace(context, actor, { code: LIUSHU, name: '柳湾村', from: '2027-03-01' });
  expect(await placeNameOn(db, LIUSHU, BEFORE)).toBe('柳树村');
  expect(await placeNameOn(db, LIUSHU, AFTER)).toBe('柳树湾村');
  expect(await placeNameOn(db, LIUSHU, '2027-03-01')).toBe('柳湾村');
  expect(await placeNameOn(db, LIUSHU, '2024-12-31')).toBeNull();
});

test('a merged village is gone from the present tree, and its code still names it', async () => {
  await using portal = await createPortal();
  const { context } = portal;
  const { db } = context;
  const actor = await portal.actorOf('security');
  await reorganisePlace(context, actor, { code: LIUSHU, successorCode: SHIQIAO, on: AFTER });
  const current = (await listCurrentPlaces(db)).map((place) => place.code);
  expect(current).not.toContain(LIUSHU);
  expect(await placeNameOn(db, LIUSHU, BEFORE)).toBe('柳树村');
  expect(await placeNameOn(db, LIUSHU, AFTER)).toBeNull();
  expect(await readPlace(db, LIUSHU)).toMatchObject({ name: '柳树村', successorCode: SHIQIAO });
});

test('the villages of a merged town go to its successor', async () => {
  await using portal = await createPortal();
  const { context } = portal;
  const actor = await portal.actorOf('security');
  const successorCode = '990101200000';
  await reorganisePlace(context, actor, { code: QINGSHAN, successorCode, on: AFTER });
  expect((await readPlace(context.db, LIUSHU))?.parentCode).toBe(successorCode);
});

test('a place is reorganised once, and only into one of its level', async () => {
  await using portal = await createPortal();
  const { context } = portal;
  const actor = await portal.actorOf('security');
  const into = (successorCode: string) =>
    reorganisePlace(context, actor, { code: LIUSHU, successorCode, on: AFTER });
  await expect(into(QINGSHAN)).rejects.toMatchObject({ code: 'invalid-input' });
  await expect(into(LIUSHU)).rejects.toMatchObject({ code: 'invalid-input' });
  await into(SHIQIAO);
  await expect(into(SHIQIAO)).rejects.toMatchObject({ code: 'state-changed' });
});

test('a body keeps its history, and those below it find their new superior', async () => {
  await using portal = await createPortal();
  const { context } = portal;
  const { db } = context;
  const actor = await portal.actorOf('security');
  const { qingshan, longwan } = DEMO_BODIES;
  await renameBody(context, actor, { code: qingshan, name: '青山街道办事处', from: AFTER });
  expect(await bodyNameOn(db, qingshan, BEFORE)).toBe('青山镇人民政府');
  expect(await bodyNameOn(db, qingshan, AFTER)).toBe('青山街道办事处');
  await reorganiseBody(context, actor, { code: qingshan, successorCode: longwan, on: AFTER });
  expect((await readBody(db, `village-${LIUSHU}`))?.superiorCode).toBe(longwan);
  expect(await bodyNameOn(db, qingshan, BEFORE)).toBe('青山镇人民政府');
});

test('each change of a place leaves one audit entry', async () => {
  await using portal = await createPortal();
  const { context } = portal;
  const actor = await portal.actorOf('security');
  await renamePlace(context, actor, { code: LIUSHU, name: '柳树湾村', from: AFTER });
  await reorganisePlace(context, actor, { code: LIUSHU, successorCode: SHIQIAO, on: AFTER });
  const entries = await listAuditEntries(context.db, 0, 100);
  const ofPlace = entries.filter((entry) => entry.subjectId === LIUSHU);
  expect(ofPlace.map((entry) => entry.action)).toEqual(['place.rename', 'place.reorganise']);
});

test('a division table is taken again without doubling what is there', async () => {
  await using portal = await createPortal();
  const table = Buffer.from(
    `code,name,level,parent_code\n${LIUSHU},柳树村,village,${QINGSHAN}\n` +
      `990101100299,新村,village,${QINGSHAN}\n`,
  );
  const added = await importPlaces(portal.context, null, readPlaceTable(table), AFTER);
  expect(added).toEqual(['990101100299']);
  expect(await placeNameOn(portal.context.db, LIUSHU, BEFORE)).toBe('柳树村');
});

test('a place whose superior is missing or of the wrong level is refused whole', async () => {
  await using portal = await createPortal();
  const lines = [
    { code: '990101100299', name: '新村', level: 'village', parentCode: QINGSHAN },
    { code: '990101100298', name: '孤村', level: 'village', parentCode: LIUSHU },
  ] as const;
  await expect(importPlaces(portal.context, null, lines, AFTER)).rejects.toThrow('孤村');
  expect(await readPlace(portal.context.db, '990101100299')).toBeNull();
});

test('a division table says which line cannot be read', () => {
  const table = Buffer.from('code,name,level,parent_code\n12,新村,village,\n');
  expect(() => readPlaceTable(table)).toThrow('第2行');
});

test('the way upward leads from village to township, bureau and discipline group', async () => {
  await using portal = await createPortal();
  const bodies = new Map((await listBodies(portal.context.db)).map((body) => [body.code, body]));
  const names: string[] = [];
  for (let body = bodies.get(`village-${LIUSHU}`); body;) {
    names.push(body.name);
    body = bodies.get(body.superiorCode ?? '');
  }
  expect(names).toEqual([
    '柳树村村民委员会',
    '青山镇人民政府',
    '示范区民政局',
    '示范区纪委监委驻民政局纪检监察组',
  ]);
});

test('offices are named as their places are', () => {
  const place = { parentCode: '990101000000' } as const;
  const bodies = bodiesOf(
    [
      { ...place, code: '990101001000', name: '云水街道', level: 'town' },
      { ...place, code: '990101001001', name: '和平社区', level: 'village' },
    ],
    { bureau: '示范区民政局', discipline: '驻局纪检监察组' },
  );
  expect(bodies.map((body) => body.name)).toEqual(['云水街道办事处', '和平社区居民委员会']);
});
