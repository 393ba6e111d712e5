import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { upsertSetting } from '#db/queries/settings.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publish } from '#publishing/publish.ts';
import { takeDown } from '#services/publications.ts';
import { verifyPublic } from '#services/verify-public.ts';
import { TOWNS, addList, openCounty, villageCode } from '#support/county.ts';
import type { County } from '#support/county.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { listBrokenPages, pageOf, pathsOf, snapshotLive } from './live-files.ts';

const [TOWN, OTHER] = TOWNS;
const VILLAGE = villageCode(TOWN, 0);
const START = Date.parse('2026-11-20T08:00:00+08:00');
const DAY = 24 * 3_600_000;

async function showCountsBelow(county: County, below: number) {
  await county.db.transaction((tx) => upsertSetting(tx, 'small_village_threshold', String(below)));
}

/** A township whose villages list two households each, and one whose villages list three. */
async function openPublished(below = 0) {
  const county = await openCounty();
  if (below > 0) await showCountsBelow(county, below);
  const small = await addList(county, { town: TOWN, rows: 2 });
  const large = await addList(county, { town: OTHER, rows: 3 });
  expect(await publish(county.portal)).toMatchObject({ status: 'live', findings: [] });
  const { site, public: data } = pathsOf(county);
  const read = createPublicReader(data);
  return { county, small, large, read, site, data, [Symbol.asyncDispose]: county.close };
}

test('a list of fewer households than set shows counts and why, and no row in any file', async () => {
  await using found = await openPublished(3);
  const { county, read, site, data } = found;
  const [list] = (await read('village', VILLAGE))?.lists ?? [];
  expect(list).toMatchObject({ rows: [], countsOnly: { below: 3, households: 2, persons: 4 } });
  const page = pageOf(county, `places/${VILLAGE}`);
  expect(page).toContain('2户4人');
  expect(page).toContain('户数不足3户，为了不让人认出具体的家庭，只公布户数和人数');
  expect(page).not.toMatch(/<table|本名单的校验码/);
  for (const code of [VILLAGE, villageCode(TOWN, 1)]) {
    expect(findInFolder(join(site, 'places', code), ['张*丰', '李*满', '和*'])).toEqual([]);
    expect(JSON.stringify(await read('village', code))).not.toMatch(/\*|64000/);
  }
  expect(pageOf(county, `places/${villageCode(OTHER, 0)}`)).toContain('张*丰');
  expect(listBrokenPages(county)).toEqual([]);
  expect(await verifyPublic(data, site)).toMatchObject({ seq: 1 });
});

test('its households and persons are counted, its money is told nowhere', async () => {
  await using found = await openPublished(3);
  const { read, site } = found;
  const counts = await read('counts', TOWN);
  expect(counts?.totals).toMatchObject([{ households: 4, persons: 8, amountCents: 0 }]);
  expect(counts?.children[0]?.totals).toMatchObject([
    { households: 2, persons: 4, amountCents: null },
  ]);
  expect((await read('counts', OTHER))?.totals).toMatchObject([{ amountCents: 6 * 64_000 }]);
  const [, line] = readFileSync(join(site, 'data', `${TOWN}.csv`), 'utf8').split('\r\n');
  expect(line).toMatch(/,2,4,$/);
});

test('a notice names every household all the same, since somebody may object', async () => {
  await using county = await openCounty();
  await showCountsBelow(county, 10);
  const notice = { startsAt: START, endsAt: START + 7 * DAY };
  await addList(county, { town: TOWN, rows: 1, notice });
  await publish(county.portal);
  expect(pageOf(county, `places/${VILLAGE}`)).toContain('张*丰');
});

test('once more is to be hidden it leaves the site with what a machine publishes by itself', async () => {
  await using found = await openPublished();
  const { county, site, data, read } = found;
  await showCountsBelow(county, 3);
  expect(await publish(county.portal, { scope: 'standing' })).toMatchObject({ status: 'live' });
  expect(findInFolder(join(site, 'places', VILLAGE), ['张*丰'])).toEqual([]);
  expect((await read('village', VILLAGE))?.lists[0]?.rows).toEqual([]);
  expect(await verifyPublic(data, site)).toMatchObject({ seq: 2 });
  expect(listBrokenPages(county)).toEqual([]);
});

test('what is to be shown again waits for a person to publish', async () => {
  await using found = await openPublished(3);
  const { county, small } = found;
  const before = snapshotLive(county);
  await showCountsBelow(county, 0);
  await publish(county.portal, { scope: 'standing' });
  expect(snapshotLive(county)).toEqual(before);
  const by = { ...county.portal, actor: { personId: 'person-3' } };
  await takeDown(by, { kind: 'row', id: `${small}-row-2`, reason: 'WRONG' });
  await publish(county.portal, { scope: 'standing' });
  expect(pageOf(county, `places/${VILLAGE}`)).toContain('1户2人');
  await publish(county.portal);
  expect(pageOf(county, `places/${VILLAGE}`)).toContain('张*丰');
});

test('a list that falls below by one taken down shows counts, and no other village changes', async () => {
  await using found = await openPublished(3);
  const { county, large, site } = found;
  const other = pageOf(county, `places/${villageCode(OTHER, 1)}`);
  const by = { ...county.portal, actor: { personId: 'person-3' } };
  await takeDown(by, { kind: 'row', id: `${large}-row-1`, reason: 'WRONG' });
  await publish(county.portal, { scope: 'standing' });
  const code = villageCode(OTHER, 0);
  expect(pageOf(county, `places/${code}`)).toContain('2户4人');
  expect(findInFolder(join(site, 'places', code), ['李*满'])).toEqual([]);
  expect(pageOf(county, `places/${villageCode(OTHER, 1)}`)).toBe(other);
});

test('an earlier month counts no money of small lists either', async () => {
  await using found = await openPublished(3);
  const { county, read } = found;
  await addList(county, { town: TOWN, rows: 3, period: '2026-12' });
  await publish(county.portal);
  const months = (await read('counts', TOWN))?.months ?? [];
  expect(months.map(({ period, amountCents }) => [period, amountCents])).toEqual([
    ['2026-12', 6 * 64_000],
    ['2026-11', 0],
  ]);
});
