import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { listPublications } from '#db/queries/publications.ts';
import { publish } from '#publishing/publish.ts';
import { takeDown } from '#services/publications.ts';
import { verifyPublic } from '#services/verify-public.ts';
import { TOWNS, addList, openCounty } from '#support/county.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { listBrokenPages, pathsOf } from './live-files.ts';

const [TOWN] = TOWNS;
const PUBLISHER = fileURLToPath(new URL('killed-publisher.ts', import.meta.url));

test('several processes that publish at the same moment make one whole publication of it', async () => {
  await using county = await openCounty({ towns: [TOWN], villages: 2 });
  const list = await addList(county, { town: TOWN });
  await publish(county.portal);
  county.clock.now += 60_000;
  const portal = { ...county.portal, actor: { personId: 'person-3' } };
  await takeDown(portal, { kind: 'row', id: `${list}-row-2`, reason: 'WRONG' });

  const args = [PUBLISHER, county.config.dataDir, 'nowhere', String(county.now())];
  const ends = await Promise.all(
    Array.from({ length: 3 }, () => {
      const { promise, resolve } = Promise.withResolvers<string>();
      execFile(process.execPath, args, (error, _, said) => resolve(error ? said : 'published'));
      return promise;
    }),
  );
  const refused = ends.filter((end) => end !== 'published');
  expect(ends).toContain('published');
  for (const said of refused) expect(said).toContain('publication-running');

  const { site, public: data } = pathsOf(county);
  expect(listBrokenPages(county)).toEqual([]);
  expect(await verifyPublic(data, site)).toMatchObject({ seq: 2 });
  expect([...findInFolder(site, ['李*满']), ...findInFolder(data, ['李*满'])]).toEqual([]);
  const statuses = (await listPublications(county.db, 9)).map(({ status }) => status);
  expect(statuses).toEqual(statuses.map(() => 'live'));
});
