import { expect, test } from 'vitest';
import { insertCorrection } from '#db/queries/corrections.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publish } from '#publishing/publish.ts';
import { TOWNS, openCounty } from '#support/county.ts';
import type { County } from '#support/county.ts';
import { pageOf, pathsOf } from './live-files.ts';

const [TOWN, OTHER_TOWN] = TOWNS;
let entries = 0;

async function note(county: County, onDate: string, households: number, placeCode: string = TOWN) {
  const correction = { id: `correction-${(entries += 1)}`, onDate, placeCode, households };
  const facts = { aidType: 'RURAL_DIBAO', period: '2026-10' };
  await county.db.transaction((tx) =>
    insertCorrection(tx, { ...correction, ...facts, kind: 'row-corrected', reason: 'WRONG' }),
  );
}

test('what is alike of one day and township is one line with the sum, the newest first', async () => {
  await using county = await openCounty();
  await note(county, '2026-11-10', 1);
  await note(county, '2026-11-12', 1);
  await note(county, '2026-11-12', 2);
  await note(county, '2026-11-12', 1, OTHER_TOWN);
  await publish(county.portal);
  const file = await createPublicReader(pathsOf(county).public)('corrections');
  expect(file?.items.map((item) => [item.onDate, item.placeCode, item.households])).toEqual([
    ['2026-11-12', TOWN, 3],
    ['2026-11-12', OTHER_TOWN, 1],
    ['2026-11-10', TOWN, 1],
  ]);
  const html = pageOf(county, 'corrections');
  for (const words of ['更正金额或人数', '信息有误', '2026年11月12日', '/complaints/correction']) {
    expect(html).toContain(words);
  }
});

test('corrections leave the page after twelve months', async () => {
  await using county = await openCounty();
  await note(county, '2025-11-19', 1);
  await note(county, '2025-11-20', 1);
  await publish(county.portal);
  const file = await createPublicReader(pathsOf(county).public)('corrections');
  expect(file?.items.map((item) => item.onDate)).toEqual(['2025-11-20']);
});

test('without a correction the page says so', async () => {
  await using county = await openCounty();
  await publish(county.portal);
  expect(pageOf(county, 'corrections')).toContain('最近十二个月没有更正');
});
