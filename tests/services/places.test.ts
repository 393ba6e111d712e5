import { expect, test } from 'vitest';
import { listBodies } from '#db/queries/bodies.ts';
import { comparePlaces } from '#rules/place-changes.ts';
import { bodiesOf } from '#services/bodies.ts';
import { readPlaceTable } from '#services/directory-tables.ts';
import { nameOn } from '#services/places.ts';
import { createPortal } from '#support/fresh-portal.ts';

const LIUSHU = '990101100201';

test('what was renamed has its old names on older dates', () => {
  const village = { name: '柳湾村', validFrom: '2026-01-01', validTo: '2028-01-01' };
  const former = [
    { name: '柳树村', until: '2026-12-01' },
    { name: '柳树湾村', until: '2027-03-01' },
  ];
  expect(nameOn(village, former, '2026-11-30')).toBe('柳树村');
  expect(nameOn(village, former, '2026-12-01')).toBe('柳树湾村');
  expect(nameOn(village, former, '2027-03-01')).toBe('柳湾村');
  expect(nameOn(village, former, '2025-12-31')).toBeNull();
  expect(nameOn(village, former, '2028-01-01')).toBeNull();
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

test('a line of an earlier merger may stay in the table when the successor is merged in its turn', () => {
  const village = { level: 'village' as const, parentCode: '990101100000' };
  const known = { ...village, validTo: null, contactName: '', contactPhone: '' };
  const town = { ...known, code: '990101100000', name: '青山镇', level: 'town' as const };
  const places = [
    { ...town, parentCode: '990101000000' },
    { ...known, code: '990101100201', name: '甲村', validTo: '2025-06-01' },
    { ...known, code: '990101100202', name: '乙村' },
    { ...known, code: '990101100203', name: '丙村' },
  ];
  const lines = [
    { ...village, code: '990101100201', name: '甲村', successorCode: '990101100202' },
    { ...village, code: '990101100202', name: '乙村', successorCode: '990101100203' },
  ];
  expect(comparePlaces(places, lines)).toEqual({
    changes: [expect.objectContaining({ kind: 'merged', code: '990101100202' })],
    problems: [],
  });
});
