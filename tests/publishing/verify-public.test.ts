import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publish } from '#publishing/publish.ts';
import { readBuild } from '#publishing/site-build.ts';
import { verifyPublic } from '#services/verify-public.ts';
import { COUNTY, TOWNS, addList, openCounty, villageCode } from '#support/county.ts';
import { pageOf, pathsOf } from './live-files.ts';

const [TOWN] = TOWNS;
const VILLAGE = villageCode(TOWN, 0);
const PAGE = `places/${VILLAGE}/index.html`;

/** A county with three publications. */
async function publishedCounty() {
  const county = await openCounty();
  for (const period of ['2026-09', '2026-10', '2026-11']) {
    await addList(county, { town: TOWN, period });
    await publish(county.portal);
  }
  return county;
}
type Folders = { site: string; public: string };

const append = (folder: string, file: string, text: string) =>
  writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8') + text);
const editLines = (folder: string, edit: (lines: string[]) => string[]) => {
  const file = join(folder, 'chain.jsonl');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  writeFileSync(file, `${edit(lines).join('\n')}\n`);
};

const ATTACKS: [string, (folders: Folders) => void, string][] = [
  [
    'an edited file',
    (at) => append(at.public, 'places.json', ' '),
    'public file places.json is missing or was changed',
  ],
  [
    'an edited file of a township',
    (at) => append(at.public, `villages/${VILLAGE}.json`, ' '),
    `public file villages/${VILLAGE}.json is missing or was changed`,
  ],
  [
    'a file that was removed',
    (at) => rmSync(join(at.public, `counts/${TOWN}.json`)),
    `public file counts/${TOWN}.json is missing or was changed`,
  ],
  [
    'a file that was added',
    (at) => writeFileSync(join(at.public, 'villages/1.json'), '{}'),
    'villages/1.json is in no manifest',
  ],
  [
    'a manifest of a township that was edited',
    (at) => append(at.public, `manifests/${TOWN}.json`, ' '),
    `manifests/${TOWN}.json is missing or was changed`,
  ],
  [
    'an edited manifest',
    (at) => {
      const file = join(at.public, 'manifest.json');
      const root = JSON.parse(readFileSync(file, 'utf8'));
      root.files['places.json'] = 'a'.repeat(64);
      writeFileSync(file, JSON.stringify(root));
    },
    'manifest.json was changed',
  ],
  [
    'a line dropped from the middle of the chain',
    (at) => editLines(at.public, ([first, , ...rest]) => [first ?? '', ...rest]),
    'publication 2 does not follow the one before it',
  ],
  [
    'the last line dropped from the chain',
    (at) => editLines(at.public, (lines) => lines.slice(0, -1)),
    'manifest.json is not the last publication of the chain',
  ],
  [
    'an edited line of the chain',
    (at) => editLines(at.public, ([first, ...rest]) => [edited(first), ...rest]),
    'publication 1 was changed',
  ],
  [
    'an edited page',
    (at) => append(at.site, PAGE, ' '),
    `page /places/${VILLAGE}/ is missing or was changed`,
  ],
  [
    'a page that was removed',
    (at) => rmSync(join(at.site, 'standards/index.html')),
    'page /standards/ is missing or was changed',
  ],
  [
    'an edited data file',
    (at) => append(at.site, `data/${COUNTY}.csv`, ' '),
    `page /data/${COUNTY}.csv is missing or was changed`,
  ],
  [
    'a page that was added',
    (at) => writeFileSync(join(at.site, 'places/extra.html'), '<p>'),
    'places/extra.html is in no manifest',
  ],
  [
    'an edited style',
    (at) => append(at.site, styleIn(at.site), ' '),
    '.css is missing or was changed',
  ],
  [
    'a compressed style that says something else',
    (at) => writeFileSync(join(at.site, `${styleIn(at.site)}.br`), brotliCompressSync('a{}')),
    '.css.br is not its page',
  ],
  [
    'a script that was added, and named among the assets',
    (at) => {
      writeFileSync(join(at.site, '_astro/extra.js'), ';');
      const file = join(at.site, '.live.json');
      const live = JSON.parse(readFileSync(file, 'utf8'));
      const assets = [...live.assets, '_astro/extra.js'];
      writeFileSync(file, JSON.stringify({ ...live, assets }));
    },
    '_astro/extra.js is in no manifest',
  ],
  [
    'an edited page beside a live file that is gone',
    (at) => {
      append(at.site, PAGE, ' ');
      rmSync(join(at.site, '.live.json'));
    },
    'is in no manifest',
  ],
  [
    'a compressed page that says something else',
    (at) => writeFileSync(join(at.site, `${PAGE}.br`), brotliCompressSync('<p>')),
    `${PAGE}.br is not its page`,
  ],
  [
    'a compressed page that cannot be read',
    (at) => writeFileSync(join(at.site, `${PAGE}.gz`), 'x'),
    `${PAGE}.gz is not its page`,
  ],
];

function styleIn(site: string): string {
  const [found] = readdirSync(join(site, '_astro')).filter((file) => file.endsWith('.css'));
  return `_astro/${found}`;
}

function edited(line = ''): string {
  return JSON.stringify({ ...JSON.parse(line), onDate: '2020-01-01' });
}

test('what was published three times holds, pages and all', async () => {
  await using county = await publishedCounty();
  const { public: data, site } = pathsOf(county);
  expect(await verifyPublic(data, site, await readBuild())).toMatchObject({ seq: 3 });
  rmSync(site, { recursive: true });
  expect(await verifyPublic(data, site)).toMatchObject({ seq: 3 });
});

test.each(ATTACKS)('%s is found', async (_, attack, message) => {
  await using county = await publishedCounty();
  const { public: data, site } = pathsOf(county);
  attack({ public: data, site });
  await expect(verifyPublic(data, site, await readBuild())).rejects.toThrow(message);
});

test('the command on the page for checking a list answers the hash of the page', async () => {
  await using county = await publishedCounty();
  const command = /sha256sum ([\w.]+)/.exec(pageOf(county, 'verify'));
  const [list] =
    (await createPublicReader(pathsOf(county).public)('village', VILLAGE))?.lists ?? [];
  const file = join(county.root, command?.[1] ?? '');
  // As the page describes it, without the code that wrote it.
  const lines = (list?.rows ?? []).map(({ no, maskedName, members, amountCents, since }) =>
    [no, maskedName, members, (amountCents / 100).toFixed(2), since].join('\t'),
  );
  writeFileSync(file, [list?.batchSalt, ...lines].join('\n'));
  const answer = execFileSync('sha256sum', [file], { encoding: 'utf8' });
  expect(answer.split(' ')[0]).toBe(list?.batchHash);
  expect(pageOf(county, `places/${VILLAGE}`)).toContain(list?.batchHash);
});
