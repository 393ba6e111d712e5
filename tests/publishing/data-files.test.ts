import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { updatePlace } from '#db/queries/places.ts';
import { publish } from '#publishing/publish.ts';
import { TOWN_COLUMNS } from '#rules/data-files.ts';
import { serveLiveTree } from '#routes/static.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { COUNTY, PEOPLE, TOWNS, addList, openCounty, villageCode } from '#support/county.ts';
import type { County } from '#support/county.ts';
import { listBrokenPages, pathsOf } from './live-files.ts';

const [TOWN] = TOWNS;

async function publishedCounty() {
  const county = await openCounty();
  await addList(county, { town: TOWN, period: '2026-10', rows: 2 });
  await addList(county, { town: TOWN, period: '2026-11', withheld: [1] });
  expect(await publish(county.portal)).toMatchObject({ status: 'live', findings: [] });
  return county;
}

const folderOf = (county: County) => join(pathsOf(county).site, 'data');

function readTable(county: County, code: string): Record<string, string>[] {
  const text = readFileSync(join(folderOf(county), `${code}.csv`), 'utf8');
  expect(text.startsWith('\uFEFF')).toBe(true);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  return parse(text, { bom: true, columns: true });
}

test('the county file has every township by aid type and month', async () => {
  await using county = await publishedCounty();
  const rows = readTable(county, COUNTY);
  expect(
    rows.map((row) => [row['月份'], row['户数'], row['月保障金额（元）'], row['新增户数']]),
  ).toEqual([
    ['2026-11', '6', '3200.00', ''],
    ['2026-10', '4', '2560.00', ''],
  ]);
  const json = JSON.parse(readFileSync(join(folderOf(county), `${COUNTY}.json`), 'utf8'));
  expect(json).toMatchObject({ code: COUNTY, dictionary: '/data/', publisher: '示范区民政局' });
  expect(Object.keys(json.rows[0])).toEqual(TOWN_COLUMNS.map((column) => column.key));
  expect(json.rows[0]).toMatchObject({ placeCode: TOWN, period: '2026-11', households: 6 });
});

test('a township file has its villages as their pages show them, withheld households left out', async () => {
  await using county = await publishedCounty();
  const rows = readTable(county, TOWN);
  expect(rows.map((row) => [row['村（社区）代码'], row['户数']])).toEqual([
    [villageCode(TOWN, 0), '2'],
    [villageCode(TOWN, 1), '3'],
  ]);
});

test('no data file has a name of any list, masked or not', async () => {
  await using county = await publishedCounty();
  const names = PEOPLE.flat();
  expect(findInFolder(folderOf(county), [...names.filter((name) => name !== '和平'), '*'])).toEqual(
    [],
  );
  expect(findInFolder(join(pathsOf(county).site, 'places'), names)).not.toEqual([]);
});

test('data files have their variants and stand in the manifests', async () => {
  await using county = await publishedCounty();
  const file = join(folderOf(county), `${COUNTY}.csv`);
  const text = readFileSync(file);
  expect(brotliDecompressSync(readFileSync(`${file}.br`))).toEqual(text);
  expect(gunzipSync(readFileSync(`${file}.gz`))).toEqual(text);
  expect(listBrokenPages(county)).toEqual([]);
});

test('a name that begins like a formula is text in a spreadsheet', async () => {
  await using county = await publishedCounty();
  await county.db.transaction((tx) => updatePlace(tx, villageCode(TOWN, 0), { name: '=柳溪村' }));
  await publish(county.portal);
  expect(readTable(county, TOWN)[0]).toMatchObject({ '村（社区）': "'=柳溪村" });
});

test('they are served as what they are; data of a township that ended is gone', async () => {
  await using county = await publishedCounty();
  const app = new Hono().use(serveLiveTree(county.config.dataDir));
  const csv = await app.request(`/data/${COUNTY}.csv`);
  expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  const json = await app.request(`/data/${TOWN}.json`);
  expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
  for (const path of [`/data/${villageCode(TOWN, 0)}.csv`, '/data/1.json', '/data/site.json']) {
    expect((await app.request(path)).status).toBe(404);
  }
  const OTHER = TOWNS[1];
  await county.db.transaction(async (tx) => {
    for (const code of [OTHER, villageCode(OTHER, 0), villageCode(OTHER, 1)]) {
      await updatePlace(tx, code, { validTo: '2026-11-20' });
    }
  });
  expect(await publish(county.portal)).toMatchObject({ status: 'live' });
  expect(readdirSync(folderOf(county)).filter((name) => name.startsWith(OTHER))).toEqual([]);
});
