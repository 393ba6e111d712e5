import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publish, recoverPublication } from '#publishing/publish.ts';
import { readBuild } from '#publishing/site-build.ts';
import { verifyLive } from '#services/verify-live.ts';
import { TOWNS, addList, openCounty } from '#support/county.ts';
import { pathsOf } from './live-files.ts';

/** A published county with a list that waits. */
async function countyWithList() {
  const county = await openCounty({ towns: [TOWNS[0]], villages: 2 });
  await publish(county.portal);
  await addList(county, { town: TOWNS[0] });
  const verify = async () => verifyLive(county.config.dataDir, await readBuild());
  return Object.assign(county, { verify });
}

test('what is looked at while a publication goes live is found whole', async () => {
  await using county = await countyWithList();
  const looks: ReturnType<typeof county.verify>[] = [];
  await publish(county.portal, {
    onOperation: (operation) => {
      if (['committed', 'chain.jsonl', 'manifest.json'].includes(operation)) {
        looks.push(county.verify());
      }
    },
  });
  const found = await Promise.all(looks);
  expect(found).toHaveLength(3);
  for (const each of found) expect([1, 2]).toContain(each?.seq);
});

test('one that was stopped on its way is told from a change, and finished it holds', async () => {
  await using county = await countyWithList();
  const stopped = publish(county.portal, {
    onOperation: (operation) => {
      if (operation === 'chain.jsonl') throw new Error('stopped here');
    },
  });
  await expect(stopped).rejects.toThrow('stopped here');
  await expect(county.verify()).rejects.toThrow('npm run publish -- --due');
  await recoverPublication(county.portal);
  expect(await county.verify()).toMatchObject({ seq: 2 });
  appendFileSync(join(pathsOf(county).site, 'index.html'), ' ');
  await expect(county.verify()).rejects.toThrow('page / is missing or was changed');
});
