import { expect, test } from 'vitest';
import { listNewestBatches } from '#db/queries/batches.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publish } from '#publishing/publish.ts';
import { TOWNS, addList, openCounty, villageCode, type County } from '#support/county.ts';
import { pathsOf } from './live-files.ts';

const [TOWN] = TOWNS;
const VILLAGE = villageCode(TOWN, 0);

/** The lists of the village's page, as publishing leaves them: batch and number of rows. */
async function publishedLists(county: County) {
  await publish(county.portal);
  const village = await createPublicReader(pathsOf(county).public)('village', VILLAGE);
  return village?.lists.map((list) => [list.batch, list.rows.length]);
}

test('a newer period replaces the older one; a list that is not approved stays away', async () => {
  await using county = await openCounty();
  await addList(county, { town: TOWN });
  const newer = await addList(county, { town: TOWN, period: '2026-12', rows: 1 });
  await addList(county, { town: TOWN, period: '2027-01', status: 'review' });
  await addList(county, { town: TOWN, period: '2026-10', rows: 6 });
  expect(await publishedLists(county)).toEqual([[newer, 1]]);
});

test('of two lists of one period the one approved last stands', async () => {
  await using county = await openCounty();
  await addList(county, { town: TOWN });
  const corrected = await addList(county, { town: TOWN, rows: 2 });
  expect(await publishedLists(county)).toEqual([[corrected, 2]]);
});

test('where the county and a township list one place, the list approved last stands', async () => {
  await using county = await openCounty();
  const late = await addList(county, { town: TOWN, body: 'bureau', decidedOn: '2026-11-20' });
  await addList(county, { town: TOWN });
  expect(await publishedLists(county)).toEqual([[late, 3]]);
  const corrected = await addList(county, { town: TOWN, rows: 1, decidedOn: '2026-11-20' });
  expect(await publishedLists(county)).toEqual([[corrected, 1]]);
});

test('a review compares with the very list that stands on the site', async () => {
  await using county = await openCounty();
  await addList(county, { town: TOWN });
  await addList(county, { town: TOWN, aidType: 'TEKUN' });
  await addList(county, { town: TOWN, rows: 2 });
  const kind = { bodyCode: `township-${TOWN}`, aidType: 'RURAL_DIBAO' };
  const compared = await listNewestBatches(county.db, kind);
  expect(await publishedLists(county)).toContainEqual([compared[0]?.id, 2]);
  expect(compared).toHaveLength(1);
});
