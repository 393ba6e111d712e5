import { brotliCompressSync, constants } from 'node:zlib';
import { expect, test } from 'vitest';
import { exportSearch } from '#publishing/export-search.ts';
import type { PlaceEntry } from '#rules/public-directory.ts';
import { SearchFile } from '#rules/public-search.ts';
import { createSearchIndex, search } from '#rules/search-match.ts';

const COUNTY = '990101000000';
const FIRST = [
  ...'张王李赵刘陈杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏',
];
const SECOND = [...'家店庄河沟湾桥楼坝山岭塘屯寨窑营坡井泉堡集洼前后东西新大小上下圩埠'];

/** `towns` townships of 125 villages with invented names; then those that are named. */
function createPlaces(towns: number, named: readonly string[]): PlaceEntry[] {
  const places: PlaceEntry[] = [
    { code: COUNTY, name: '示范区', level: 'district', parentCode: null },
  ];
  for (let town = 0; town < towns; town += 1) {
    const head = `990101${String(town + 100)}`;
    const name = `${SECOND[town % SECOND.length]}${FIRST[town % FIRST.length]}镇`;
    places.push({ code: `${head}000`, name, level: 'town', parentCode: COUNTY });
    for (let village = 0; village < 125; village += 1) {
      const at = town * 125 + village;
      const two = `${FIRST[(at * 7) % FIRST.length]}${SECOND[(at * 11) % SECOND.length]}`;
      const middle = at % 3 === 0 ? (FIRST[(at * 5) % FIRST.length] ?? '') : '';
      const kind = at % 5 === 0 ? '社区' : '村';
      const code = `${head}${String(village + 200)}`;
      places.push({
        code,
        name: `${two}${middle}${kind}`,
        level: 'village',
        parentCode: `${head}000`,
      });
    }
  }
  const town = '990101001000';
  places.push({ code: town, name: '青山镇', level: 'town', parentCode: COUNTY });
  for (const [index, name] of named.entries()) {
    places.push({
      code: `990101001${String(index + 200)}`,
      name,
      level: 'village',
      parentCode: town,
    });
  }
  return places;
}

const TEXT = { addedOn: null, documentNumber: '', effectiveFrom: '', endedOn: '' };

async function exportOf(places: PlaceEntry[]): Promise<SearchFile> {
  let exported: unknown;
  const sink = { put: async (_target: unknown, value: unknown) => void (exported = value) };
  await exportSearch(sink as unknown as Parameters<typeof exportSearch>[0], {
    places,
    standards: [
      {
        aidType: 'RURAL_DIBAO',
        areaType: 'rural',
        amountCents: 68_000,
        effectiveFrom: '2026-07-01',
        documentNumber: '示民发〔2026〕18号',
      },
    ],
    cases: [],
    hotlines: [
      {
        placeCode: COUNTY,
        unit: '示范区民政局',
        level: 'district',
        phones: ['0000-8000001'],
        contact: '周安',
        hours: '',
      },
    ],
    texts: [
      { ...TEXT, slug: 'dibao', title: '申请最低生活保障', section: 'procedure' },
      { ...TEXT, slug: 'about', title: '关于本站', section: 'site' },
      { ...TEXT, slug: 'objection', title: '公示异议书', section: 'form' },
      {
        ...{ ...TEXT, slug: 'dibao-rules', title: '最低生活保障审核确认办法', section: 'policy' },
        documentNumber: '民发〔2021〕57号',
      },
    ],
  });
  return SearchFile.parse(exported);
}

const NAMED = [
  '张家村',
  '大张家村',
  '张家桥村',
  '长丰村',
  '重庆路社区',
  '乐清村',
  '单家村',
  '女娲庙村',
];
const finder = createSearchIndex(await exportOf(createPlaces(40, NAMED)));
const find = (typed: string) => search(finder, typed).map(({ title }) => title);

test('a whole name finds that place first, and no place of another name', () => {
  const found = find('张家村');
  expect(found[0]).toBe('张家村');
  expect(found.every((title) => title.includes('张家村'))).toBe(true);
  expect(found).toContain('大张家村');
});

test('a single character finds every place that has it', () => {
  expect(find('娲')).toEqual(['女娲庙村']);
  expect(find('张').every((title) => title.includes('张'))).toBe(true);
});

test.each([
  ['zhangjiacun', '张家村'],
  ['zhangjiaqiao', '张家桥村'],
  ['ZhangJiaQ', '张家桥村'],
  ['zjqc', '张家桥村'],
  ['nvwa', '女娲庙村'],
  ['nüwa', '女娲庙村'],
  ['nwmc', '女娲庙村'],
])('pinyin and initials: %s finds %s', (typed, name) => {
  expect(find(typed)).toContain(name);
});

test.each([
  ['chongqing', '重庆路社区'],
  ['changfeng', '长丰村'],
  ['zhangfeng', '长丰村'],
  ['yueqing', '乐清村'],
  ['leqing', '乐清村'],
  ['shanjia', '单家村'],
  ['danjia', '单家村'],
])('names with two readings are found by either: %s finds %s', (typed, name) => {
  expect(find(typed)).toContain(name);
});

test('full pinyin stands before initials that happen to fit', () => {
  const [first] = find('zhangjiacun');
  expect(first).toMatch(/张家/);
});

test('a township before the village narrows the search, with or without a space', () => {
  expect(find('青山镇张家村')).toEqual(['张家村']);
  expect(find('青山 单家')).toEqual(['单家村']);
  expect(find('qingshan danjia')).toEqual(['单家村']);
});

test('numbers find places by code, telephones, amounts and documents', () => {
  expect(find('990101001200')).toEqual(['张家村']);
  expect(find('00008000001')).toEqual(['示范区民政局']);
  expect(find('0000-8000001')).toEqual(['示范区民政局']);
  expect(find('680.00')).toEqual(['农村低保标准（农村）']);
  expect(find('２０２６〕18号')).toEqual(['农村低保标准（农村）']);
});

test('procedures and pages of the site are found by their titles', () => {
  expect(find('申请最低生活')).toEqual(['申请最低生活保障']);
  expect(find('jubao')).toContain('举报投诉');
});

test('policies are found by their titles and numbers, forms by their titles', () => {
  expect(find('审核确认办法')).toContain('最低生活保障审核确认办法');
  expect(find('〔2021〕57号')).toEqual(['最低生活保障审核确认办法']);
  expect(find('异议书')).toContain('公示异议书');
});

test('nothing is found for nothing, for a person, and for what is nowhere', () => {
  for (const typed of ['', '  ', '周安', '王建国', 'xyzxyz', '.*']) {
    expect(find(typed)).toEqual([]);
  }
});

test('five thousand places take at most 20 KB to load', async () => {
  const file = await exportOf(createPlaces(40, []));
  const text = JSON.stringify(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
  expect(finder.length).toBeGreaterThan(5000);
  expect(brotliCompressSync(text, { params }).length).toBeLessThan(20_000);
});

test('an unknown column, or a name without a code, stops the export', async () => {
  const file = await exportOf(createPlaces(0, NAMED));
  expect(SearchFile.safeParse({ ...file, persons: [] }).success).toBe(false);
  const [county] = file.areas;
  const broken = { ...file, areas: [{ ...county, names: [] }] };
  expect(SearchFile.safeParse(broken).success).toBe(false);
});
