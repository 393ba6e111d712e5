import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { publish } from '#publishing/publish.ts';
import { publishDue } from '#publishing/publish-due.ts';
import { verifyPublic } from '#services/verify-public.ts';
import { TOWNS, addList, openCounty, villageCode } from '#support/county.ts';
import { runScript } from '#support/run-script.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { listBrokenPages, pathsOf } from './live-files.ts';

const [TOWN] = TOWNS;
const VILLAGE = villageCode(TOWN, 0);
const PUBLISHER = fileURLToPath(new URL('killed-publisher.ts', import.meta.url));
const MASK = '和*';

/** A published notice whose end has just come. */
async function countyWithEndedNotice(startsAt?: number) {
  const county = await openCounty();
  const notice = { startsAt: startsAt ?? county.clock.now, endsAt: 0 };
  notice.endsAt = notice.startsAt + 3_600_000;
  await addList(county, { town: TOWN, rows: 1 });
  const id = await addList(county, { town: TOWN, notice });
  county.clock.now = notice.startsAt;
  await publish(county.portal);
  county.clock.now = notice.endsAt;
  const { site, public: data } = pathsOf(county);
  const found = () => [site, data].flatMap((folder) => findInFolder(folder, [MASK]));
  expect(found()).not.toEqual([]);
  return { county, id, found, [Symbol.asyncDispose]: county.close };
}

test.each([
  ...['export', 'render', 'gate', 'compress', 'committed'],
  `places/${VILLAGE}/index.html`,
  `villages/${VILLAGE}.json`,
  ...['chain.jsonl', 'manifest.json', '.live.json', 'journal'],
])('killed at %s while a notice ends: the next look finds no name of it', async (point) => {
  await using made = await countyWithEndedNotice();
  const { county, found } = made;
  const args = [PUBLISHER, county.config.dataDir, point, String(county.now()), 'standing'];
  const child = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(child.signal, child.stderr).toBe('SIGKILL');
  await publishDue(county.portal);
  expect(found()).toEqual([]);
  expect(listBrokenPages(county)).toEqual([]);
  expect(await verifyPublic(pathsOf(county).public)).toMatchObject({ seq: 2 });
});

test('with the server down the command ends a notice, once', async () => {
  await using made = await countyWithEndedNotice(Date.now() - 7_200_000);
  const { county, found } = made;
  expect(await runScript('publish', ['--due'], county.config)).toMatchObject({
    code: 0,
    stderr: '',
  });
  expect(found()).toEqual([]);
  const again = await runScript('publish', ['--due'], county.config);
  expect(again.stdout).toContain('没有到期的内容');
});
