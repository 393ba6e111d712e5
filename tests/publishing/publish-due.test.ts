import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAuditHead } from '#db/queries/audit.ts';
import { publish } from '#publishing/publish.ts';
import { publishDue } from '#publishing/publish-due.ts';
import { loadSiteBuild } from '#publishing/site-build.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { appendAudit } from '#services/audit.ts';
import { takeDown } from '#services/publications.ts';
import { readPublishedHead, verifyPublic } from '#services/verify-public.ts';
import { TOWNS, addList, openCounty, villageCode } from '#support/county.ts';
import type { County } from '#support/county.ts';
import { listBrokenPages, pageOf, pathsOf, snapshotLive } from './live-files.ts';

const [TOWN, OTHER_TOWN] = TOWNS;
const DAY_MS = 24 * 3_600_000;

/** A published county, and a list that was approved since. */
async function countyWithNews() {
  const county = await openCounty();
  await raiseStandard(county, '2026-11-21');
  const list = await addList(county, { town: TOWN });
  await publish(county.portal);
  await addList(county, { town: OTHER_TOWN });
  return { county, list, [Symbol.asyncDispose]: county.close };
}

async function raiseStandard({ db }: County, effectiveFrom: string) {
  await db.transaction(async (tx) => {
    const [standard] = await tx.select().from(tx.t.standard);
    if (!standard) throw new Error('the county has no standard');
    const raised = { id: 'raised', amountCents: 71_700, effectiveFrom };
    await tx.insert(tx.t.standard).values({ ...standard, ...raised });
  });
}

function hasList(county: County, town: string): boolean {
  return existsSync(join(pathsOf(county).public, 'villages', `${villageCode(town, 0)}.json`));
}

test('a standard comes into force on its day, and nothing approved since goes along', async () => {
  await using found = await countyWithNews();
  const { county } = found;
  expect(pageOf(county, 'standards')).toMatch(/即将施行[^]*717\.00/);
  const before = snapshotLive(county);
  expect(await publishDue(county.portal)).toBeNull();
  expect(snapshotLive(county)).toEqual(before);

  county.clock.now += DAY_MS;
  expect(await publishDue(county.portal)).toMatchObject({ status: 'live', findings: [] });
  expect(pageOf(county, 'standards')).not.toContain('即将施行');
  expect(pageOf(county, `places/${villageCode(TOWN, 0)}`)).toContain('717.00');
  expect(hasList(county, OTHER_TOWN)).toBe(false);
  expect(await verifyPublic(pathsOf(county).public)).toMatchObject({ seq: 2 });
  expect(listBrokenPages(county)).toEqual([]);
  expect(await publishDue(county.portal)).toBeNull();

  await publish(county.portal);
  expect(hasList(county, OTHER_TOWN)).toBe(true);
  expect(listBrokenPages(county)).toEqual([]);
});

test('the head of the audit chain is published every day, with nothing else to publish', async () => {
  await using county = await openCounty();
  await publish(county.portal);
  const before = await readPublishedHead(pathsOf(county).public);
  for (let day = 0; day < 2; day += 1) {
    await county.db.transaction((tx) =>
      appendAudit(tx, county.portal.secrets, county.clock.now, {
        action: 'lead.list',
        subjectKind: 'person',
        subjectId: 'person-1',
      }),
    );
    county.clock.now += DAY_MS;
    await publishDue(county.portal);
    const written = await readAuditHead(county.db);
    const published = await readPublishedHead(pathsOf(county).public);
    expect(published?.onDate).toBe(civilDateOf(county.clock.now));
    expect(published?.seq).toBeGreaterThan(before?.seq ?? 0);
    // Publishing writes entries of its own after the head is taken.
    expect(published?.seq).toBeLessThanOrEqual(written?.seq ?? 0);
  }
});

test('a new version of the code renders what is public, once', async () => {
  await using found = await countyWithNews();
  const { county } = found;
  const old = await loadSiteBuild();
  const assets = new Map(old.assets).set('_astro/new.css', Buffer.from('p{color:red}'));
  const build = { ...old, id: 'newer', assets };
  expect(await publishDue(county.portal, { build })).toMatchObject({ status: 'live' });
  expect(existsSync(join(pathsOf(county).site, '_astro/new.css'))).toBe(true);
  expect(hasList(county, OTHER_TOWN)).toBe(false);
  expect(await publishDue(county.portal, { build })).toBeNull();
  expect(listBrokenPages(county)).toEqual([]);
});

test('what was taken down before the process was stopped leaves the site', async () => {
  await using found = await countyWithNews();
  const { county, list } = found;
  const target = { kind: 'row', id: `${list}-row-2`, reason: 'WRONG' } as const;
  await takeDown({ ...county.portal, actor: { personId: 'person-3' } }, target);
  const page = `places/${villageCode(TOWN, 0)}`;
  expect(pageOf(county, page)).toContain('李*满');
  expect(await publishDue(county.portal)).toMatchObject({ status: 'live' });
  expect(pageOf(county, page)).not.toContain('李*满');
  expect(await publishDue(county.portal)).toBeNull();

  const whole = { kind: 'list', id: list, reason: 'WRONG' } as const;
  await takeDown({ ...county.portal, actor: { personId: 'person-3' } }, whole);
  expect(await publishDue(county.portal)).toMatchObject({ status: 'live' });
  expect(hasList(county, TOWN)).toBe(false);
});

test('a restored portal gets its site back', async () => {
  await using found = await countyWithNews();
  const { county } = found;
  const paths = pathsOf(county);
  for (const folder of [paths.site, paths.work]) rmSync(folder, { recursive: true });
  expect(await publishDue(county.portal)).toMatchObject({ status: 'live' });
  expect(pageOf(county, 'standards')).toContain('717.00');
  expect(listBrokenPages(county)).toEqual([]);
});

test('before the first publication nothing is due', async () => {
  await using county = await openCounty();
  await addList(county, { town: TOWN });
  expect(await publishDue(county.portal)).toBeNull();
  expect(existsSync(pathsOf(county).public)).toBe(false);
});
