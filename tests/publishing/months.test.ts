import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { insertBatchCounts } from '#db/queries/batch-counts.ts';
import { listRowsOf, moveRowVisibility } from '#db/queries/list-rows.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publish } from '#publishing/publish.ts';
import { takeDown } from '#services/publications.ts';
import { COUNTY, TOWNS, addList, openCounty, villageCode } from '#support/county.ts';
import type { County } from '#support/county.ts';
import { pageOf, pathsOf } from './live-files.ts';

const [TOWN, OTHER_TOWN] = TOWNS;

async function monthsOf(county: County, code: string) {
  const counts = await createPublicReader(pathsOf(county).public)('counts', code);
  return counts?.months.map(({ period, households, persons, amountCents, joined, left }) => [
    period,
    households,
    persons,
    amountCents,
    joined,
    left,
  ]);
}

/** Counts as an approval keeps them: one village, some households of two persons. */
async function keepCounts(county: County, batchId: string, town: string, kept: Kept) {
  const [first, second] = [villageCode(town, 0), villageCode(town, 1)];
  const count = { persons: 0, households: 0, amountCents: 0, changed: 0, joined: 0, left: 0 };
  const listed = { listedHouseholds: 0, listedPersons: 0, listedCents: 0 };
  await county.db.transaction((tx) =>
    insertBatchCounts(tx, [
      { ...count, ...listed, batchId, placeCode: first, ...kept },
      { ...count, ...listed, batchId, placeCode: second, joined: null, left: null },
    ]),
  );
}
type Kept = Partial<Record<'households' | 'persons' | 'amountCents' | 'listedCents', number>> & {
  joined: number | null;
  left: number | null;
};

test('earlier months stay when their list has left the site, the current one as the totals say', async () => {
  await using county = await openCounty();
  const old = await addList(county, { town: TOWN, period: '2026-09' });
  const kept = { households: 9, persons: 18, amountCents: 900, listedCents: 700 };
  await keepCounts(county, old, TOWN, { ...kept, joined: null, left: null });
  await addList(county, { town: TOWN, period: '2026-10', rows: 2 });
  const current = await addList(county, { town: TOWN, period: '2026-11', withheld: [1] });
  await keepCounts(county, current, TOWN, { joined: 3, left: 1 });
  await publish(county.portal);
  expect(await monthsOf(county, TOWN)).toEqual([
    ['2026-11', 6, 12, 5 * 64_000, 3, 1],
    ['2026-10', 4, 8, 4 * 64_000, null, null],
    ['2026-09', 9, 18, 700, null, null],
  ]);
  expect((await monthsOf(county, COUNTY))?.map((month) => month[3])).toEqual([
    6 * 64_000,
    4 * 64_000,
    900,
  ]);
  const page = pageOf(county, `places/${TOWN}`);
  expect(page).toContain('近12个月');
  expect(page).toContain('<time datetime="2026-09">');
});

test('a change of one row moves the current month and leaves the earlier ones as they were', async () => {
  await using county = await openCounty();
  await addList(county, { town: TOWN, period: '2026-10', rows: 2 });
  const current = await addList(county, { town: TOWN, period: '2026-11' });
  await addList(county, { town: OTHER_TOWN, period: '2026-10' });
  const behind = await addList(county, { town: OTHER_TOWN, period: '2026-10', rows: 4 });
  await publish(county.portal);
  const before = await monthsOf(county, COUNTY);
  expect(before?.map((month) => month[1])).toEqual([6 + 8, 4 + 8]);

  const actor = { personId: 'person-3' };
  for (const id of [`${current}-row-1`, `${behind}-row-1`]) {
    await takeDown({ ...county.portal, actor }, { kind: 'row', id, reason: 'WRONG' });
  }
  // A household that left is no longer counted.
  await county.db.transaction((tx) =>
    moveRowVisibility(tx, `${behind}-row-1`, 'taken-down', 'left'),
  );
  await publish(county.portal);
  expect((await monthsOf(county, TOWN))?.map((month) => [month[1], month[3]])).toEqual([
    [6, 5 * 64_000],
    [4, 4 * 64_000],
  ]);
  expect((await monthsOf(county, COUNTY))?.map((month) => month[1])).toEqual([6 + 7, 4 + 7]);
  const incremental = [await monthsOf(county, COUNTY), await monthsOf(county, OTHER_TOWN)];
  rmSync(pathsOf(county).state);
  await publish(county.portal);
  expect([await monthsOf(county, COUNTY), await monthsOf(county, OTHER_TOWN)]).toEqual(incremental);
});

test('a list that was withdrawn does not count for its month; those it replaced still do', async () => {
  await using county = await openCounty();
  const old = await addList(county, { town: TOWN, period: '2026-09' });
  const middle = await addList(county, { town: TOWN, period: '2026-10' });
  await addList(county, { town: TOWN, period: '2026-11' });
  await publish(county.portal);
  const actor = { personId: 'person-3' };
  const list = { kind: 'list', id: middle, reason: 'WRONG' } as const;
  await takeDown({ ...county.portal, actor }, list);
  await publish(county.portal);
  expect(old).not.toBe(middle);
  expect((await monthsOf(county, TOWN))?.map((month) => month[0])).toEqual(['2026-11', '2026-09']);
});

test('earlier months stay where no list stands any more', async () => {
  await using county = await openCounty({ towns: [TOWN] });
  await addList(county, { town: TOWN, period: '2026-10', rows: 2 });
  await publish(county.portal);
  const last = await addList(county, { town: TOWN, period: '2026-11' });
  await publish(county.portal);
  // Everybody left the list of November, and December is reported like it: nobody.
  for (const row of await listRowsOf(county.db, last)) {
    await county.db.transaction((tx) => moveRowVisibility(tx, row.id, 'listed', 'left'));
  }
  const nobody = await addList(county, { town: TOWN, period: '2026-12', rows: 0 });
  await publish(county.portal);
  for (const code of [TOWN, COUNTY]) {
    expect((await monthsOf(county, code))?.map(([period]) => period)).toContain('2026-10');
    expect(pageOf(county, `places/${code}`)).toContain('datetime="2026-10"');
  }
  const portal = { ...county.portal, actor: { personId: 'person-3' } };
  await takeDown(portal, { kind: 'list', id: nobody, reason: 'WRONG' });
  await publish(county.portal, { scope: 'standing' });
  expect((await monthsOf(county, TOWN))?.map(([period]) => period)).toContain('2026-10');
});

test('of two lists of one month the one approved last counts, and no place counts twice', async () => {
  await using county = await openCounty();
  await addList(county, { town: TOWN, period: '2026-10', rows: 5 });
  await addList(county, { town: TOWN, period: '2026-10', rows: 2 });
  await addList(county, { town: TOWN, period: '2026-10', rows: 3, body: 'bureau' });
  await addList(county, { town: TOWN, period: '2026-11', rows: 1 });
  await addList(county, { town: TOWN, period: '2026-11', rows: 1, body: 'bureau' });
  await publish(county.portal);
  expect((await monthsOf(county, TOWN))?.map((month) => month[1])).toEqual([2, 6]);
  expect((await monthsOf(county, COUNTY))?.map((month) => month[1])).toEqual([2, 6]);
});

test('months older than three years are dropped', async () => {
  await using county = await openCounty();
  await addList(county, { town: TOWN, period: '2023-11' });
  await addList(county, { town: TOWN, period: '2023-12' });
  await addList(county, { town: TOWN, period: '2026-11' });
  await publish(county.portal);
  expect((await monthsOf(county, TOWN))?.map((month) => month[0])).toEqual(['2026-11', '2023-12']);
});
