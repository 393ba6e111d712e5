import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publishDue } from '#publishing/publish-due.ts';
import { publish } from '#publishing/publish.ts';
import { TOWNS, addList, openCounty, villageCode } from '#support/county.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { listBrokenPages, pathsOf } from './live-files.ts';

const [TOWN, OTHER_TOWN] = TOWNS;
const DAY_MS = 86_400_000;

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

test('a document comes into force and ends by the calendar, without anybody publishing', async () => {
  await using county = await openCounty();
  const { db } = county.portal;
  const facts = { effectiveFrom: '2026-11-22', endedOn: '2026-11-24' };
  await db.transaction((tx) => tx.update(tx.t.pageText).set(facts));
  await publish(county.portal);
  const page = () =>
    readFileSync(join(pathsOf(county).site, 'policies/dibao-rules/index.html'), 'utf8');
  const index = () => readFileSync(join(pathsOf(county).site, 'policies/index.html'), 'utf8');
  expect(page()).toContain('即将施行');
  county.clock.now += 2 * DAY_MS;
  await publishDue(county.portal);
  expect([page(), index()].map((html) => html.includes('现行有效'))).toEqual([true, true]);
  county.clock.now += 2 * DAY_MS;
  await publishDue(county.portal);
  expect([page(), index()].map((html) => html.includes('已停止执行'))).toEqual([true, true]);
});
