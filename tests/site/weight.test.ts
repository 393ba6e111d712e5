import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { expect, test } from 'vitest';
import { preferencesCss } from '#rules/preferences.ts';
import type { PlaceEntry } from '#rules/public-directory.ts';
import type { PublicReader } from '#rules/publication.ts';
import { openSampleFiles } from './public-files.ts';
import { CASES } from './sample-cases.ts';
import { COUNTY, TOWN, VILLAGE, villageList } from './sample-county.ts';
import { renderPage } from './render.ts';

const KB = 1024;

/** As the publisher packs (api/publishing/pack.ts). */
function packedSize(text: string | Buffer): number {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
}

/** Bytes on the wire of a page and of all it loads, the largest styles of 长辈版 included. */
async function weigh(path: string, read: PublicReader, more: readonly string[] = []) {
  const { html } = await renderPage(path, read);
  const linked = /(?:<link[^>]*rel="(?:stylesheet|icon)"[^>]*href|<script[^>]*src)="([^"]+)"/g;
  const files = [...html.matchAll(linked)].map((match) => match[1] ?? '');
  const parts: Record<string, number> = { [path]: packedSize(html) };
  for (const file of files) {
    if (file === '/prefs.css') {
      parts[file] = packedSize(preferencesCss({ size: 'largest', contrast: 'high' }));
    } else {
      const built = join('dist/client', file);
      expect(existsSync(built), built).toBe(true);
      parts[file] = packedSize(readFileSync(built));
    }
  }
  for (const data of more) parts[data] = packedSize((await renderPage(data, read)).html);
  return { files, total: Object.values(parts).reduce((sum, size) => sum + size, 0), parts };
}

/** Surnames and characters in other orders, so that the rows are no easier to compress than real ones. */
function sixtyRows() {
  const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许'];
  const last = [...'安平和福生贵华英芳兰秀珍桂花强军伟丽敏静'];
  const names = Array.from({ length: 60 }, (_, index) => {
    const surname = surnames[(index * 7) % surnames.length];
    return index % 4 === 0 ? `${surname}*` : `${surname}*${last[(index * 11) % last.length]}`;
  });
  const list = villageList('RURAL_DIBAO', names);
  const rows = list.rows.map((row, index) => ({
    ...row,
    members: (index % 5) + 1,
    amountCents: 20_000 + ((index * 7919) % 90_000),
    since: `20${String(10 + (index % 16))}-${String((index % 12) + 1).padStart(2, '0')}`,
  }));
  return { code: VILLAGE, lists: [{ ...list, rows }], notices: [] };
}

test('a village of sixty rows weighs at most 15 KB with all it needs, and runs no script', async () => {
  const read = openSampleFiles({ village: { [VILLAGE]: sixtyRows() } });
  const { total, files, parts } = await weigh(`/places/${VILLAGE}/`, read);
  expect(files.filter((file) => file.endsWith('.js'))).toEqual([]);
  expect(total, JSON.stringify(parts)).toBeLessThan(15 * KB);
});

test.each([
  ['every village of a county listed', 10, 60],
  ['townships of a large county listed', 40, 125],
])('home weighs at most 40 KB with the search: %s', async (_kind, towns, villages) => {
  const { places, areas } = createPlaces(towns, villages);
  const file = await openSampleFiles()('places');
  const search = await openSampleFiles()('search');
  const read = openSampleFiles({
    places: { '': { ...file!, places } },
    search: { '': { ...search!, areas } },
  });
  const { total, parts } = await weigh('/', read, ['/search.json']);
  expect(parts['/search.json']).toBeGreaterThan(500);
  expect(total, JSON.stringify(parts)).toBeLessThan(40 * KB);
});

function createPlaces(towns: number, villages: number) {
  const first = [...'张王李赵刘陈杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧'];
  const second = [...'家店庄河沟湾桥楼坝山岭塘屯寨窑营坡井泉堡集洼前后东西新'];
  const nameOf = (at: number) =>
    `${first[(at * 7) % first.length]}${second[(at * 11) % second.length]}${first[(at * 3) % first.length]}村`;
  const places: PlaceEntry[] = [
    { code: COUNTY, name: '示范区', level: 'district', parentCode: null },
  ];
  const areas = Array.from({ length: towns }, (_, town) => {
    const head = `990101${String(town + 100)}`;
    const code = `${head}000`;
    const name = `${nameOf(town).slice(0, 2)}镇`;
    places.push({ code, name, level: 'town', parentCode: COUNTY });
    const numbers = Array.from({ length: villages }, (_each, index) => index);
    const names = numbers.map((index) => nameOf(town * villages + index));
    const codes = numbers.map((index) => String(index + 200));
    for (const [index, each] of names.entries()) {
      const own = `${head}${codes[index]}`;
      places.push({ code: own, name: each, level: 'village', parentCode: code });
    }
    return { code, name, prefix: head, codes, names };
  });
  return { places, areas };
}

test('reading pages run no script but the search', async () => {
  const scripts: string[] = [];
  const paths = [`/places/${COUNTY}/`, `/places/${TOWN}/`, '/standards/', '/hotlines/', '/about/'];
  for (const path of [
    ...paths,
    '/notices/',
    '/cases/',
    `/cases/${CASES[0]?.case}/`,
    '/data/',
    '/procedures/dibao/',
    '/404.html',
  ]) {
    const { files } = await weigh(path, openSampleFiles());
    scripts.push(...files.filter((file) => file.endsWith('.js')));
  }
  expect(scripts).toEqual([]);
});
