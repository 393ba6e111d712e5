import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publish } from '#publishing/publish.ts';
import { writeHashedList } from '#rules/list-hash.ts';
import { updatePlace } from '#db/queries/places.ts';
import { listPublications } from '#db/queries/publications.ts';
import { takeDown } from '#services/publications.ts';
import { verifyPublic } from '#services/verify-public.ts';
import { sha256 } from '#publishing/disk.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { COUNTY, PEOPLE, TOWNS, addList, openCounty, villageCode } from '#support/county.ts';
import { pageOf, pathsOf, snapshot, snapshotLive } from './live-files.ts';

const [TOWN, OTHER_TOWN] = TOWNS;
const VILLAGE = villageCode(TOWN, 0);

async function publishedCounty() {
  const county = await openCounty();
  const first = await addList(county, { town: TOWN });
  const second = await addList(county, { town: OTHER_TOWN, withheld: [2] });
  const result = await publish(county.portal);
  return { county, first, second, result };
}

test('approved lists become masked pages, and no full name or ID is in any byte', async () => {
  const { county, result } = await publishedCounty();
  await using _ = county;
  expect(result).toMatchObject({ status: 'live', findings: [] });
  expect(result.steps.map((step) => step.step)).toEqual([
    'export',
    'render',
    'compress',
    'gate',
    'live',
  ]);
  const html = pageOf(county, `places/${VILLAGE}`);
  expect(html).toContain('张*丰');
  expect(html).toContain('640.00');
  expect(html).toMatch(/<meta name="robots" content="noindex/);
  const long = PEOPLE.map(([name]) => name).filter((name) => name.length > 2);
  const { site, public: data } = pathsOf(county);
  expect([...findInFolder(site, long), ...findInFolder(data, long)]).toEqual([]);
});

test('every page has its compressed variants, which say the same', async () => {
  const { county } = await publishedCounty();
  await using _ = county;
  const file = join(pathsOf(county).site, 'places', VILLAGE, 'index.html');
  const html = readFileSync(file);
  expect(brotliDecompressSync(readFileSync(`${file}.br`))).toEqual(html);
  expect(gunzipSync(readFileSync(`${file}.gz`))).toEqual(html);
});

test('a batch hash can be recomputed from what the page shows', async () => {
  const { county } = await publishedCounty();
  await using _ = county;
  const read = createPublicReader(pathsOf(county).public);
  const [list] = (await read('village', VILLAGE))?.lists ?? [];
  expect(list?.rows.map((row) => row.no)).toEqual([1, 2, 3]);
  expect(list?.batchHash).toBe(sha256(writeHashedList(list?.batchSalt ?? '', list?.rows ?? [])));
});

test('withheld households count in their township and county, and nowhere by name', async () => {
  const { county } = await publishedCounty();
  await using _ = county;
  const read = createPublicReader(pathsOf(county).public);
  const town = await read('counts', OTHER_TOWN);
  expect(town?.totals).toMatchObject([{ households: 6, persons: 12, amountCents: 5 * 64_000 }]);
  expect(town?.children[0]?.totals).toMatchObject([{ households: 2, amountCents: 2 * 64_000 }]);
  const whole = await read('counts', COUNTY);
  expect(whole?.totals).toMatchObject([{ households: 12, amountCents: 12 * 64_000 }]);
});

test('publishing again without a change touches no page and no file', async () => {
  const { county } = await publishedCounty();
  await using _ = county;
  const before = snapshotLive(county);
  const again = await publish(county.portal);
  expect(again).toMatchObject({ status: 'live', pagesChanged: 0 });
  expect(snapshotLive(county)).toEqual(before);
});

test('taking down a row renders its village and the totals above only', async () => {
  const { county, first } = await publishedCounty();
  await using _ = county;
  const before = snapshot(join(pathsOf(county).site));
  const row = { kind: 'row', id: `${first}-row-2`, reason: 'WRONG' } as const;
  await takeDown({ ...county.portal, actor: { personId: 'person-3' } }, row);
  const result = await publish(county.portal);
  expect(result.status).toBe('live');
  const after = snapshot(join(pathsOf(county).site));
  const changed = Object.keys(after)
    .filter((file) => /\.(html|csv|json)$/.test(file) && after[file] !== before[file])
    .filter((file) => !file.includes('/site/.'))
    .map((file) => file.slice(pathsOf(county).site.length));
  // The village shows one row less; households still count, money does not; the head moved on.
  expect(changed.toSorted()).toEqual([
    ...[COUNTY, TOWN].flatMap((code) => [`/data/${code}.csv`, `/data/${code}.json`]),
    `/places/${TOWN}/index.html`,
    `/places/${VILLAGE}/index.html`,
    '/verify/index.html',
  ]);
  expect(result.pagesChanged).toBe(changed.length);
  const folder = join(pathsOf(county).site, 'places', VILLAGE);
  expect(findInFolder(folder, ['李*满'])).toEqual([]);
});

test('a list taken down leaves no page, variant or data file with it', async () => {
  const { county, first } = await publishedCounty();
  await using _ = county;
  const list = { kind: 'list', id: first, reason: 'SHOULD_NOT_BE_PUBLIC' } as const;
  const actor = { personId: 'person-3' };
  await takeDown({ ...county.portal, actor }, list);
  await publish(county.portal);
  const { site, public: data } = pathsOf(county);
  expect(findInFolder(join(site, 'places', VILLAGE), ['张*丰'])).toEqual([]);
  expect(await createPublicReader(data)('village', VILLAGE)).toBeNull();
  await expect(takeDown({ ...county.portal, actor }, list)).rejects.toMatchObject({
    code: 'state-changed',
  });
});

test('a place that ended leaves the site with its page', async () => {
  const { county } = await publishedCounty();
  await using _ = county;
  await county.db.transaction((tx) => updatePlace(tx, VILLAGE, { validTo: '2026-11-20' }));
  expect(await publish(county.portal)).toMatchObject({ status: 'live' });
  const { site, public: data } = pathsOf(county);
  expect(readdirSync(join(site, 'places'))).not.toContain(VILLAGE);
  expect(readdirSync(join(data, 'villages'))).not.toContain(`${VILLAGE}.json`);
  expect(await verifyPublic(data)).toMatchObject({ seq: 2 });
});

test('a full name planted in a text refuses the publication and leaves every byte', async () => {
  const { county, first } = await publishedCounty();
  await using _ = county;
  const before = snapshotLive(county);
  const row = { kind: 'row', id: `${first}-row-1`, reason: 'WRONG' } as const;
  await takeDown({ ...county.portal, actor: { personId: 'person-3' } }, row);
  await county.db.transaction(async (tx) => {
    const documentNumber = '示民发〔2025〕21号（联系人欧阳晓岚）';
    await tx.update(tx.t.standard).set({ documentNumber });
  });
  const result = await publish(county.portal);
  expect(result.status).toBe('refused');
  expect(result.findings).toContainEqual({
    kind: 'full-name',
    severity: 'refused',
    where: '/standards/',
  });
  expect(snapshotLive(county)).toEqual(before);
  const record = (await listPublications(county.db, 5)).find(({ id }) => id === result.id);
  expect(record).toMatchObject({ status: 'refused', pagesChanged: 0 });
  expect(record?.findings).not.toContain('欧阳');
});

test('what a schema does not know stops the export, and the reason names the field only', async () => {
  const { county } = await publishedCounty();
  await using _ = county;
  const before = snapshotLive(county);
  await county.db.transaction(async (tx) => {
    await tx.update(tx.t.listRow).set({ maskedName: '张三丰' });
  });
  await addList(county, { town: TOWN, period: '2026-12' });
  await county.db.transaction(async (tx) => {
    await tx.update(tx.t.listRow).set({ maskedName: '张三丰' });
  });
  const result = await publish(county.portal);
  expect(result.status).toBe('refused');
  expect(result.findings[0]).toMatchObject({
    kind: 'not-exportable',
    where: `villages/${VILLAGE}.json`,
    detail: 'lists.0.rows.0.maskedName custom',
  });
  expect(JSON.stringify(result)).not.toContain('张三丰');
  expect(snapshotLive(county)).toEqual(before);
});

test('the manifests hold, and each publication seals the one before', async () => {
  const { county } = await publishedCounty();
  await using _ = county;
  await addList(county, { town: TOWN, aidType: 'TEKUN' });
  await publish(county.portal);
  expect(await verifyPublic(pathsOf(county).public)).toMatchObject({ seq: 2 });
});

test('the site and the data are made anew where only the site was lost', async () => {
  const { county } = await publishedCounty();
  await using _ = county;
  const { site, work } = pathsOf(county);
  const before = pageOf(county, `places/${VILLAGE}`);
  for (const folder of [site, work]) rmSync(folder, { recursive: true });
  expect(await publish(county.portal)).toMatchObject({ status: 'live' });
  expect(pageOf(county, `places/${VILLAGE}`)).toBe(before);
});

test('only one publication runs at a time', async () => {
  const { county } = await publishedCounty();
  await using _ = county;
  const both = await Promise.allSettled([publish(county.portal), publish(county.portal)]);
  const refused = both.filter((each) => each.status === 'rejected');
  expect(refused).toHaveLength(1);
  expect(refused[0]?.reason).toMatchObject({ code: 'publication-running' });
});
