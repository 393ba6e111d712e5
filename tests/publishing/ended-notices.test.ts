import { expect, test } from 'vitest';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publish } from '#publishing/publish.ts';
import { publishDue } from '#publishing/publish-due.ts';
import { loadSiteBuild } from '#publishing/site-build.ts';
import { takeDown } from '#services/publications.ts';
import { TOWNS, addList, openCounty } from '#support/county.ts';
import { listBrokenPages, pageOf, pathsOf } from './live-files.ts';

const [TOWN] = TOWNS;
const HOUR = 3_600_000;

/** A county whose only notice, of two households, has ended an hour ago. */
async function openEnded() {
  const county = await openCounty();
  const startsAt = county.clock.now;
  const notice = { startsAt, endsAt: startsAt + 24 * HOUR };
  const id = await addList(county, { town: TOWN, rows: 1, notice });
  await publish(county.portal);
  county.clock.now = notice.endsAt + HOUR;
  await publishDue(county.portal);
  const read = createPublicReader(pathsOf(county).public);
  const by = { ...county.portal, actor: { personId: 'person-3' } };
  return { county, id, read, by, [Symbol.asyncDispose]: county.close };
}

test('an ended notice keeps its counts, whatever becomes of a household', async () => {
  await using found = await openEnded();
  const { county, id, read, by } = found;
  expect(await read('notice', id)).toMatchObject({ state: 'ended', households: 2 });
  await takeDown(by, { kind: 'row', id: `${id}-row-1`, reason: 'WRONG' });
  await publish(county.portal);
  expect(await read('notice', id)).toMatchObject({ households: 2, persons: 4 });
  const build = { ...(await loadSiteBuild()), id: 'newer' };
  await publish(county.portal, { build });
  expect(await read('notice', id)).toMatchObject({ households: 2, persons: 4 });
  expect((await read('notices'))?.notices).toMatchObject([{ households: 2 }]);
  expect(pageOf(county, `notices/${id}`)).toContain('2 户，4 人');
  expect(listBrokenPages(county)).toEqual([]);
});

test('a running notice counts what it shows', async () => {
  await using county = await openCounty();
  const startsAt = county.clock.now;
  const notice = { startsAt, endsAt: startsAt + 24 * HOUR };
  const id = await addList(county, { town: TOWN, rows: 1, notice });
  await publish(county.portal);
  const by = { ...county.portal, actor: { personId: 'person-3' } };
  await takeDown(by, { kind: 'row', id: `${id}-row-1`, reason: 'WRONG' });
  await publish(county.portal, { scope: 'standing' });
  const read = createPublicReader(pathsOf(county).public);
  expect(await read('notice', id)).toMatchObject({ households: 1, persons: 2 });
});

test('pages without an entry say of when that is', async () => {
  await using county = await openCounty();
  await addList(county, { town: TOWN, rows: 3, decidedOn: '2026-11-19' });
  await publish(county.portal);
  expect(pageOf(county, 'corrections')).toContain('2026年11月20日');
  expect(pageOf(county, 'data')).toContain('2026年11月19日');
});
