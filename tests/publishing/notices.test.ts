import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publish } from '#publishing/publish.ts';
import { publishDue } from '#publishing/publish-due.ts';
import { sha256 } from '#publishing/disk.ts';
import { CALENDARS } from '#rules/calendar-2026.ts';
import { writeHashedList } from '#rules/list-hash.ts';
import { noticeTerm } from '#rules/notice-term.ts';
import { takeDown } from '#services/publications.ts';
import { verifyPublic } from '#services/verify-public.ts';
import { COUNTY, TOWNS, addList, openCounty, villageCode } from '#support/county.ts';
import type { County, NewList } from '#support/county.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { listBrokenPages, pageOf, pathsOf, snapshotLive } from './live-files.ts';

const [TOWN, OTHER_TOWN] = TOWNS;
const VILLAGE = villageCode(TOWN, 0);
const OTHER_VILLAGE = villageCode(OTHER_TOWN, 0);
const HOUR_MS = 3_600_000;

/** A published county; the notice begins in an hour and runs for a day, unless said otherwise. */
async function countyWithNotice(list: Partial<NewList> = {}) {
  const county = await openCounty();
  await addList(county, { town: TOWN, rows: 1 });
  await publish(county.portal);
  const startsAt = county.clock.now + HOUR_MS;
  const endsAt = startsAt + 24 * HOUR_MS;
  const notice = { startsAt, endsAt };
  const id = await addList(county, { town: OTHER_TOWN, notice, ...list });
  return { county, id, startsAt, endsAt, [Symbol.asyncDispose]: county.close };
}

async function tick({ clock, portal }: County, to: number) {
  clock.now = to;
  return publishDue(portal);
}

function namesOn(county: County): string[] {
  const { site, public: data } = pathsOf(county);
  const found = [site, data].flatMap((folder) => findInFolder(folder, ['和*', '王*柱']));
  return [...new Set(found.map(({ needle }) => needle))].toSorted();
}

test('a notice appears at its hour and is gone from every byte at its end', async () => {
  await using found = await countyWithNotice();
  const { county, id, startsAt, endsAt } = found;
  expect(await tick(county, startsAt - 1)).toBeNull();
  expect(namesOn(county)).toEqual([]);

  expect(await tick(county, startsAt)).toMatchObject({ status: 'live', findings: [] });
  expect(namesOn(county)).toEqual(['和*', '王*柱']);
  expect(pageOf(county, `places/${OTHER_VILLAGE}`)).toContain('农村低保审核公示');
  expect(pageOf(county, `notices/${id}`)).toContain(`/places/${OTHER_VILLAGE}/`);
  expect(pageOf(county, '.')).toContain('正在公示的审核确认事项 1 份');
  expect(await tick(county, endsAt - 1)).toMatchObject({ status: 'live' });
  expect(namesOn(county)).toEqual(['和*', '王*柱']);
  expect(await tick(county, endsAt - 1)).toBeNull();

  expect(await tick(county, endsAt)).toMatchObject({ status: 'live' });
  expect(namesOn(county)).toEqual([]);
  const ended = pageOf(county, `notices/${id}`);
  expect(ended).toContain('公示已结束');
  expect(ended).toContain('6 户，12 人');
  expect(pageOf(county, '.')).not.toContain('正在公示的审核确认事项');
  expect(existsSync(join(pathsOf(county).public, 'villages', `${OTHER_VILLAGE}.json`))).toBe(false);
  expect(listBrokenPages(county)).toEqual([]);
  expect(await verifyPublic(pathsOf(county).public)).toMatchObject({ seq: 4 });
  expect(await tick(county, endsAt + 60_000)).toBeNull();
});

test('of a notice that ended nothing remembers the names', async () => {
  await using found = await countyWithNotice();
  const { county, id, startsAt, endsAt } = found;
  await tick(county, startsAt);
  expect(await remembered(county, id)).toEqual({ hashes: 6, salted: true });
  await tick(county, endsAt);
  expect(await remembered(county, id)).toEqual({ hashes: 0, salted: false });
});

test('a notice that has yet to begin keeps what it needs', async () => {
  await using found = await countyWithNotice();
  const { county, id } = found;
  await publish(county.portal);
  expect(await remembered(county, id)).toEqual({ hashes: 6, salted: true });
  expect(namesOn(county)).toEqual([]);
});

async function remembered({ db }: County, id: string) {
  const hashes = (await db.select().from(db.t.nameHash)).filter((row) => row.batchId === id);
  const [batch] = (await db.select().from(db.t.batch)).filter((row) => row.id === id);
  return { hashes: hashes.length, salted: batch?.salt !== '' };
}

test('the village file has its rows by their numbers, and a hash that can be recomputed', async () => {
  await using found = await countyWithNotice({ withheld: [2] });
  const { county, id, startsAt } = found;
  await tick(county, startsAt);
  const read = createPublicReader(pathsOf(county).public);
  const [notice] = (await read('village', OTHER_VILLAGE))?.notices ?? [];
  expect(notice?.rows.map((row) => row.no)).toEqual([1, 3]);
  expect(notice?.batchHash).toBe(
    sha256(writeHashedList(notice?.batchSalt ?? '', notice?.rows ?? [])),
  );
  expect(await read('notice', id)).toMatchObject({ state: 'running', households: 5 });
});

test('notices are counted nowhere among the lists', async () => {
  await using found = await countyWithNotice({ town: TOWN });
  const { county, startsAt } = found;
  const read = createPublicReader(pathsOf(county).public);
  const before = await read('counts', COUNTY);
  await tick(county, startsAt);
  expect((await read('village', VILLAGE))?.notices).toHaveLength(1);
  expect(await read('counts', COUNTY)).toEqual(before);
  expect((await read('counts', TOWN))?.totals).toMatchObject([{ households: 2 }]);
});

test('a notice withdrawn leaves at once, and its page says so', async () => {
  await using found = await countyWithNotice();
  const { county, id, startsAt } = found;
  await tick(county, startsAt);
  const by = { ...county.portal, actor: { personId: 'person-3' } };
  await takeDown(by, { kind: 'list', id, reason: 'WRONG' });
  expect(await publish(county.portal, { scope: 'standing' })).toMatchObject({ status: 'live' });
  expect(namesOn(county)).toEqual([]);
  expect(pageOf(county, `notices/${id}`)).toContain('公示已撤下');
});

test('one withdrawn before its hour is told of nowhere', async () => {
  await using found = await countyWithNotice();
  const { county, id, startsAt } = found;
  const by = { ...county.portal, actor: { personId: 'person-3' } };
  await takeDown(by, { kind: 'list', id, reason: 'WRONG' });
  expect(await tick(county, startsAt)).toBeNull();
  await publish(county.portal);
  expect(existsSync(join(pathsOf(county).site, 'notices', id))).toBe(false);
});

test('a take-down does not bring up a notice whose hour has come', async () => {
  await using found = await countyWithNotice();
  const { county, startsAt } = found;
  county.clock.now = startsAt;
  await publish(county.portal, { scope: 'standing' });
  expect(namesOn(county)).toEqual([]);
  expect(await tick(county, startsAt)).toMatchObject({ status: 'live' });
  expect(namesOn(county)).toEqual(['和*', '王*柱']);
});

test('a full name in a list and in another notice stops neither the end nor the beginning of one', async () => {
  await using found = await countyWithNotice();
  const { county, startsAt, endsAt } = found;
  await tick(county, startsAt);
  const unmasked = '欧阳晓岚*';
  await addList(county, { town: TOWN, period: '2026-12', unmasked });
  const next = { startsAt: endsAt, endsAt: endsAt + HOUR_MS };
  const bad = await addList(county, { town: TOWN, notice: next, unmasked });
  const good = await addList(county, { town: TOWN, aidType: 'TEKUN', rows: 2, notice: next });
  expect(await tick(county, endsAt)).toMatchObject({ status: 'refused' });
  const read = createPublicReader(pathsOf(county).public);
  expect((await read('village', OTHER_VILLAGE))?.notices ?? []).toEqual([]);
  expect((await read('village', VILLAGE))?.notices.map(({ notice }) => notice)).toEqual([good]);
  expect((await read('notices'))?.notices.map(({ notice }) => notice)).not.toContain(bad);

  // What was refused is not tried every minute, and does not keep the other from ending.
  const before = snapshotLive(county);
  expect(await tick(county, endsAt + 60_000)).toBeNull();
  expect(snapshotLive(county)).toEqual(before);
  expect(await tick(county, endsAt + HOUR_MS)).toMatchObject({ status: 'live' });
  expect((await read('village', VILLAGE))?.notices).toEqual([]);
});

test('a notice of working days stands through a weekend that works and one that does not', async () => {
  await using county = await openCounty();
  county.clock.now = Date.parse('2026-09-18T16:00:00+08:00');
  await addList(county, { town: TOWN, rows: 1 });
  await publish(county.portal);
  // Sunday works in place of the Friday after it, which begins three days off.
  const plan = { from: null, days: 6, unit: 'working' } as const;
  const term = noticeTerm(plan, county.clock.now, CALENDARS);
  expect(term.endsAt).toBe(Date.parse('2026-09-29T00:00:00+08:00'));
  await addList(county, { town: OTHER_TOWN, notice: term });
  await tick(county, county.clock.now);
  await tick(county, term.endsAt - 60_000);
  expect(namesOn(county)).toEqual(['和*', '王*柱']);
  await tick(county, term.endsAt);
  expect(namesOn(county)).toEqual([]);
});

test('after two years an ended notice is no longer told of', async () => {
  await using found = await countyWithNotice();
  const { county, id, startsAt } = found;
  await tick(county, startsAt);
  expect(await tick(county, Date.parse('2028-11-30T09:00:00+08:00'))).toMatchObject({
    status: 'live',
  });
  expect(pageOf(county, `notices/${id}`)).toContain('公示已结束');
  expect(await tick(county, Date.parse('2028-12-01T09:00:00+08:00'))).toMatchObject({
    status: 'live',
  });
  expect(existsSync(join(pathsOf(county).site, 'notices', id))).toBe(false);
  expect(existsSync(join(pathsOf(county).public, 'notices', `${id}.json`))).toBe(false);
  expect(listBrokenPages(county)).toEqual([]);
});
