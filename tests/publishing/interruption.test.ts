import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { updatePlace } from '#db/queries/places.ts';
import { listPublications } from '#db/queries/publications.ts';
import { publish, recoverPublication } from '#publishing/publish.ts';
import { takeDown } from '#services/publications.ts';
import { verifyPublic } from '#services/verify-public.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { TOWNS, addList, openCounty, villageCode } from '#support/county.ts';
import type { County } from '#support/county.ts';
import { listBrokenPages, pathsOf, snapshotLive } from './live-files.ts';

const [TOWN, OTHER_TOWN] = TOWNS;
const ENDED_VILLAGE = villageCode(TOWN, 1);
const OTHER_VILLAGE = villageCode(OTHER_TOWN, 0);
const VILLAGE = villageCode(TOWN, 0);
const PUBLISHER = fileURLToPath(new URL('killed-publisher.ts', import.meta.url));

/** A published county with a row and a whole list taken down and a village ended, all still on the site. */
async function countyWithChange() {
  const county = await openCounty();
  const list = await addList(county, { town: TOWN });
  const other = await addList(county, { town: OTHER_TOWN });
  await publish(county.portal);
  county.clock.now += 60_000;
  const row = { kind: 'row', id: `${list}-row-2`, reason: 'WRONG' } as const;
  const portal = { ...county.portal, actor: { personId: 'person-3' } };
  await takeDown(portal, row);
  await county.db.transaction((tx) => updatePlace(tx, ENDED_VILLAGE, { validTo: '2026-11-20' }));
  await takeDown(portal, { kind: 'list', id: other, reason: 'WRONG' });
  return county;
}

async function expectNewState(county: County) {
  const { site, public: data } = pathsOf(county);
  expect(listBrokenPages(county)).toEqual([]);
  expect(await verifyPublic(data)).toMatchObject({ seq: 2 });
  expect([...findInFolder(site, ['李*满']), ...findInFolder(data, ['李*满'])]).toEqual([]);
  expect(findInFolder(join(site, 'places', OTHER_VILLAGE), ['张*丰'])).toEqual([]);
  for (const code of [OTHER_VILLAGE, ENDED_VILLAGE]) {
    expect(existsSync(join(data, 'villages', `${code}.json`))).toBe(false);
  }
  expect(existsSync(join(site, 'places', ENDED_VILLAGE))).toBe(false);
}

test.each(['export', 'render', 'compress', 'gate'])(
  'killed after %s: the old state stays, byte for byte, and the next publication works',
  async (step) => {
    await using county = await countyWithChange();
    const before = snapshotLive(county);
    killAt(county, step);
    await recoverPublication(county.portal);
    expect(snapshotLive(county)).toEqual(before);
    expect(existsSync(pathsOf(county).staging)).toBe(false);
    const [last] = await listPublications(county.db, 1);
    expect(last).toMatchObject({ status: 'refused' });
    expect(last?.findings).toContain('interrupted');
    expect(await publish(county.portal)).toMatchObject({ status: 'live' });
    await expectNewState(county);
  },
);

test.each([
  'committed',
  `places/${VILLAGE}/index.html`,
  `villages/${VILLAGE}.json`,
  `villages/${OTHER_VILLAGE}.json`,
  `places/${OTHER_VILLAGE}/index.html`,
  `places/${ENDED_VILLAGE}/index.html`,
  'chain.jsonl',
  'manifest.json',
  '.live.json',
  'journal',
])('killed while going live, at %s: the next start has the whole new state', async (operation) => {
  await using county = await countyWithChange();
  killAt(county, operation);
  await recoverPublication(county.portal);
  await expectNewState(county);
  const [last] = await listPublications(county.db, 1);
  expect(last).toMatchObject({ status: 'live' });
  expect(await publish(county.portal)).toMatchObject({ status: 'live' });
  expect(listBrokenPages(county)).toEqual([]);
});

/** Each takes as long as a publication. */
const STOPS = 9;

test('stopped at any operation of the first publication, it is finished later', async () => {
  const operations = await countOperations();
  expect(operations).toBeGreaterThan(20);
  for (let stop = 1; stop <= operations; stop += Math.ceil(operations / STOPS)) {
    await using county = await openCounty();
    await addList(county, { town: TOWN });
    let seen = 0;
    const stopped = publish(county.portal, {
      onOperation: () => {
        seen += 1;
        if (seen === stop) throw new Error('stopped here');
      },
    });
    await expect(stopped).rejects.toThrow('stopped here');
    await recoverPublication(county.portal);
    expect(listBrokenPages(county)).toEqual([]);
    expect(await verifyPublic(pathsOf(county).public)).toMatchObject({ seq: 1 });
  }
});

async function countOperations(): Promise<number> {
  await using county = await openCounty();
  await addList(county, { town: TOWN });
  let seen = 0;
  await publish(county.portal, { onOperation: () => void (seen += 1) });
  return seen;
}

function killAt(county: County, point: string) {
  const { dataDir } = county.config;
  const args = [PUBLISHER, dataDir, point, String(county.now())];
  const child = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(child.signal, child.stderr).toBe('SIGKILL');
}
