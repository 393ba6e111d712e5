import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createMacTable } from '#publishing/mac-table.ts';
import { publish } from '#publishing/publish.ts';
import { openStager } from '#publishing/stager.ts';
import { createSecrets } from '#sealing/secrets.ts';
import { TOWNS, addList, openCounty, villageCode } from '#support/county.ts';
import type { County } from '#support/county.ts';
import { listBrokenPages, pathsOf, snapshotLive } from './live-files.ts';

const [FIRST, LAST] = TOWNS;
/** Of each township: more pages than are staged without a thread. */
const VILLAGES = 150;
/** Small files; a thread is loaded long before so many are staged in place. */
const MANY = 20_000;

/** A large county with a list of every village of the first township. */
async function openLargeCounty() {
  const county = await openCounty({ villages: VILLAGES });
  await addList(county, { town: FIRST }, VILLAGES);
  return county;
}

function dropNameKey({ config }: County) {
  rmSync(join(config.secretsDir, 'name-hash.key'));
}

test('what threads stage goes live whole, with every variant', async () => {
  await using county = await openLargeCounty();
  expect(await publish(county.portal)).toMatchObject({ status: 'live', findings: [] });
  const page = join(pathsOf(county).site, 'places', villageCode(LAST, VILLAGES - 1));
  expect(Object.keys(snapshotLive(county))).toContain(join(page, 'index.html.br'));
  expect(listBrokenPages(county)).toEqual([]);
});

test('a full name on one of the last of many pages refuses the publication', async () => {
  await using county = await openLargeCounty();
  await publish(county.portal);
  const before = snapshotLive(county);
  // Another name of the county alters every page.
  await county.db.transaction((tx) => tx.update(tx.t.setting).set({ value: '样板区' }));
  await addList(county, { town: LAST, rows: 1, unmasked: '欧阳晓岚*' }, 1);
  const village = villageCode(LAST, 0);
  const result = await publish(county.portal);
  expect(result).toMatchObject({ status: 'refused', pagesChanged: 0 });
  expect(result.findings.map(({ kind, where }) => [kind, where])).toEqual(
    expect.arrayContaining([
      ['full-name', `/places/${village}/`],
      ['full-name', `villages/${village}.json`],
    ]),
  );
  expect(snapshotLive(county)).toEqual(before);
});

test('a thread that dies lets nothing through', async () => {
  await using county = await openLargeCounty();
  dropNameKey(county);
  await expect(publish(county.portal)).rejects.toThrow('name-hash.key is missing');
  expect(existsSync(pathsOf(county).site)).toBe(false);
});

test('a thread that dies ends the staging before the last of many files', async () => {
  await using county = await openCounty();
  dropNameKey(county);
  const known = { numbers: new Set<string>(), names: [] };
  const gate = { macs: createMacTable().share(), lengths: new Set<number>(), known };
  await using stager = openStager(county.portal, { ...pathsOf(county), ...gate });
  let added = 0;
  async function addMany() {
    for (; added < MANY; added += 1) {
      const data = new TextEncoder().encode('{}');
      await stager.add({ kind: 'list', where: `villages/${added}.json`, data });
    }
  }
  await expect(addMany()).rejects.toThrow('name-hash.key is missing');
  expect(added).toBeLessThan(MANY);
});

test('a thread whose gate knows no name refuses the publication', async () => {
  await using county = await openLargeCounty();
  dropNameKey(county);
  createSecrets(county.config.secretsDir);
  const result = await publish(county.portal);
  expect(result).toMatchObject({ status: 'refused' });
  expect(result.findings[0]).toMatchObject({ kind: 'canary-missed', detail: 'name' });
});
