import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publish } from '#publishing/publish.ts';
import { publishDue } from '#publishing/publish-due.ts';
import { loadSiteBuild } from '#publishing/site-build.ts';
import { takeDown } from '#services/publications.ts';
import { verifyPublic } from '#services/verify-public.ts';
import { TOWNS, addList, openCounty, villageCode } from '#support/county.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { listBrokenPages, pageOf, pathsOf, snapshotLive } from './live-files.ts';

const [TOWN, OTHER_TOWN] = TOWNS;
const VILLAGE = villageCode(TOWN, 0);
/** A full name of the list with the mark that the mask check asks for. */
const UNMASKED = '欧阳晓岚*';

/** A published list, and another one that the gate refuses. */
async function countyWithBadList(town: string = OTHER_TOWN) {
  const county = await openCounty();
  const list = await addList(county, { town: TOWN });
  await publish(county.portal);
  const bad = await addList(county, { town, period: '2026-12', unmasked: UNMASKED });
  expect(await publish(county.portal)).toMatchObject({ status: 'refused' });
  const by = { ...county.portal, actor: { personId: 'person-3' } };
  return { county, list, bad, by, [Symbol.asyncDispose]: county.close };
}

test.each([OTHER_TOWN, TOWN])(
  'a row leaves the site while a list of %s that the gate refuses waits',
  async (town) => {
    await using found = await countyWithBadList(town);
    const { county, list, by } = found;
    await takeDown(by, { kind: 'row', id: `${list}-row-2`, reason: 'WRONG' });
    expect(await publish(county.portal, { scope: 'standing' })).toMatchObject({ status: 'live' });
    const { site, public: data } = pathsOf(county);
    for (const folder of [site, data]) {
      expect(findInFolder(folder, ['李*满', '欧阳晓岚'])).toEqual([]);
      expect(findInFolder(folder, ['张*丰'])).not.toEqual([]);
    }
    expect(listBrokenPages(county)).toEqual([]);
    expect(await verifyPublic(data)).toMatchObject({ seq: 2 });
  },
);

test('a list leaves the site while one that replaces it is refused', async () => {
  await using found = await countyWithBadList(TOWN);
  const { county, list, by } = found;
  await takeDown(by, { kind: 'list', id: list, reason: 'WRONG' });
  expect(await publishDue(county.portal)).toMatchObject({ status: 'live' });
  const { site, public: data } = pathsOf(county);
  expect(await createPublicReader(data)('village', VILLAGE)).toBeNull();
  expect(findInFolder(site, ['张*丰', '欧阳晓岚'])).toEqual([]);
  expect(await publishDue(county.portal)).toBeNull();
});

test('with a new version of the code too, what leaves does so while a bad list waits', async () => {
  await using found = await countyWithBadList();
  const { county, list, by } = found;
  await takeDown(by, { kind: 'row', id: `${list}-row-2`, reason: 'WRONG' });
  const build = { ...(await loadSiteBuild()), id: 'newer' };
  expect(await publishDue(county.portal, { build })).toMatchObject({ status: 'live' });
  expect(pageOf(county, `places/${VILLAGE}`)).not.toContain('李*满');
  expect(listBrokenPages(county)).toEqual([]);
  expect(await publishDue(county.portal, { build })).toBeNull();
});

test('a list that gave way to another stays away when that one is withdrawn, until somebody publishes', async () => {
  await using county = await openCounty();
  await addList(county, { town: TOWN, body: 'bureau' });
  const newer = await addList(county, { town: TOWN, rows: 1, decidedOn: '2026-11-20' });
  await publish(county.portal);
  const by = { ...county.portal, actor: { personId: 'person-3' } };
  await takeDown(by, { kind: 'list', id: newer, reason: 'WRONG' });
  const file = join(pathsOf(county).public, 'villages', `${VILLAGE}.json`);
  await publish(county.portal, { scope: 'standing' });
  expect(existsSync(file)).toBe(false);
  county.clock.now += 24 * 3_600_000;
  await publishDue(county.portal);
  expect(existsSync(file)).toBe(false);
  await publish(county.portal);
  expect(existsSync(file)).toBe(true);
});

test('a change of the directory does not go along, and goes with the next whole publication', async () => {
  await using found = await countyWithBadList();
  const { county, list, by } = found;
  await county.db.transaction(async (tx) => {
    await tx.update(tx.t.standard).set({ documentNumber: '示民发〔2025〕22号' });
  });
  await takeDown(by, { kind: 'row', id: `${list}-row-2`, reason: 'WRONG' });
  await publish(county.portal, { scope: 'standing' });
  expect(pageOf(county, 'standards')).toContain('21号');
  await county.db.transaction(async (tx) => {
    await tx.update(tx.t.listRow).set({ maskedName: '欧**' });
  });
  expect(await publish(county.portal)).toMatchObject({ status: 'live' });
  expect(pageOf(county, 'standards')).toContain('22号');
  expect(pageOf(county, `places/${villageCode(OTHER_TOWN, 0)}`)).toContain('欧**');
});

test('before the first publication a take-down publishes nothing', async () => {
  await using county = await openCounty();
  await addList(county, { town: TOWN });
  expect(await publish(county.portal, { scope: 'standing' })).toMatchObject({ pagesChanged: 0 });
  expect(existsSync(pathsOf(county).public)).toBe(false);
});

test('a row changed in a list that is not on the site starts no publication', async () => {
  await using found = await countyWithBadList();
  const { county, bad, by } = found;
  await takeDown(by, { kind: 'row', id: `${bad}-row-1`, reason: 'WRONG' });
  const before = snapshotLive(county);
  expect(await publishDue(county.portal)).toBeNull();
  expect(snapshotLive(county)).toEqual(before);
});
