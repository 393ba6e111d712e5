import { expect, test } from 'vitest';
import { upsertPostings } from '#db/queries/boards.ts';
import { startJobRun } from '#db/queries/job-runs.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publish } from '#publishing/publish.ts';
import { takeDown } from '#services/publications.ts';
import { TOWNS, addList, openCounty, villageCode } from '#support/county.ts';
import type { County } from '#support/county.ts';
import { pageOf, pathsOf } from './live-files.ts';

const [TOWN, OTHER_TOWN] = TOWNS;

async function healthOf(county: County) {
  await publish(county.portal);
  return createPublicReader(pathsOf(county).public)('health');
}

test('a township shows its last update, its boards and what is overdue; one without a list says so', async () => {
  await using county = await openCounty();
  const id = await addList(county, { town: TOWN, period: '2026-09', decidedOn: '2026-11-18' });
  const by = { byPersonId: 'person-1', postedOn: '2026-11-19', recordedOn: '2026-11-19' };
  const postings = [{ batchId: id, placeCode: villageCode(TOWN, 1), ...by }];
  await county.db.transaction((tx) => upsertPostings(tx, postings));
  county.clock.now = Date.parse('2026-11-30T09:00:00+08:00');
  await county.db.transaction((tx) => startJobRun(tx, 'publish-due', county.clock.now));
  const health = await healthOf(county);
  expect(health).toMatchObject({ onDate: '2026-11-30', timerRanOn: '2026-11-30' });
  expect(health?.towns).toEqual([
    {
      code: TOWN,
      lastUpdatedOn: '2026-11-18',
      runningNotices: 0,
      boardsPosted: 1,
      boardsDue: 2,
      overdue: [{ aidType: 'RURAL_DIBAO', period: '2026-10', dueOn: '2026-11-27' }],
    },
    {
      code: OTHER_TOWN,
      lastUpdatedOn: null,
      runningNotices: 0,
      boardsPosted: 0,
      boardsDue: 0,
      overdue: [],
    },
  ]);
  const html = pageOf(county, 'publishing');
  for (const words of ['2026年11月18日', '还没有公布名单', '2026年11月27日', '1／2处']) {
    expect(html).toContain(words);
  }
});

test('a withdrawn list is owed again', async () => {
  await using county = await openCounty();
  const id = await addList(county, { town: TOWN, period: '2026-10' });
  county.clock.now = Date.parse('2026-11-30T09:00:00+08:00');
  expect((await healthOf(county))?.towns[0]?.overdue).toEqual([]);
  const actor = { personId: 'person-3' };
  await takeDown({ ...county.portal, actor }, { kind: 'list', id, reason: 'WRONG' });
  expect((await healthOf(county))?.towns[0]?.overdue).toMatchObject([{ period: '2026-10' }]);
});

test('a change of one row leaves the page of health as it was', async () => {
  await using county = await openCounty();
  const id = await addList(county, { town: TOWN });
  const before = await healthOf(county);
  const actor = { personId: 'person-3' };
  await takeDown({ ...county.portal, actor }, { kind: 'row', id: `${id}-row-1`, reason: 'WRONG' });
  expect(await healthOf(county)).toEqual(before);
});

test('a village whose last household leaves the site needs a board no more', async () => {
  await using county = await openCounty();
  const id = await addList(county, { town: TOWN, rows: 1 });
  const due = (await healthOf(county))?.towns[0]?.boardsDue ?? 0;
  const actor = { personId: 'person-3' };
  await takeDown({ ...county.portal, actor }, { kind: 'row', id: `${id}-row-1`, reason: 'WRONG' });
  await publish(county.portal, { scope: 'standing' });
  const health = await createPublicReader(pathsOf(county).public)('health');
  expect(health?.towns[0]?.boardsDue).toBe(due - 1);
});
