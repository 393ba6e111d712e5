import { expect, test } from 'vitest';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publish } from '#publishing/publish.ts';
import { TOWNS, addList, openCounty, villageCode } from '#support/county.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { listBrokenPages, pathsOf } from './live-files.ts';

const [TOWN, OTHER_TOWN] = TOWNS;

test('what is edited in the directory goes live by itself, and no list that waits goes with it', async () => {
  await using county = await openCounty();
  await addList(county, { town: TOWN });
  await publish(county.portal);
  await addList(county, { town: OTHER_TOWN, unmasked: '欧阳晓岚*' });
  const { db } = county.portal;
  const id = 'new';
  await db.transaction((tx) =>
    tx.insert(tx.t.standard).values({
      id,
      placeCode: '990101000000',
      aidType: 'RURAL_DIBAO',
      areaType: 'rural',
      amountCents: 70_100,
      effectiveFrom: '2027-07-01',
      documentNumber: '示民发〔2027〕1号',
      updatedOn: '2026-11-20',
    }),
  );
  const { site, public: data } = pathsOf(county);
  expect(await publish(county.portal, { scope: 'standing' })).toMatchObject({ status: 'live' });
  expect(findInFolder(site, ['701.00'])).toEqual([]);
  expect(await publish(county.portal, { scope: 'directory' })).toMatchObject({ status: 'live' });
  expect(findInFolder(site, ['701.00'])).not.toEqual([]);
  expect(findInFolder(site, ['张*丰'])).not.toEqual([]);
  expect(await createPublicReader(data)('village', villageCode(OTHER_TOWN, 0))).toBeNull();
  expect(listBrokenPages(county)).toEqual([]);
});
