import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ERRORS } from '#api/errors.ts';
import { ROLES } from '#rules/roles.ts';
import { TIMED_JOBS } from '#rules/timed-jobs.ts';
import { SECRET_PURPOSES } from '#sealing/secrets.ts';
import { Settings } from '#services/settings.ts';
import { PICTURES } from '#support/pictures.ts';

const DOCUMENTS = [
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'DECISIONS.md',
  ...globSync('docs/*.md'),
];
const read = (file: string) => readFileSync(file, 'utf8');
const all = (file: string, pattern: RegExp) => [
  ...new Set([...read(file).matchAll(pattern)].map((match) => match[1] ?? '')),
];

const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
/** npm scripts a document names: `npm test`, `npm run -s import`. */
const commandsIn = (file: string) => [
  ...all(file, /npm run (?:-s )?([a-z][a-z:-]*)/g),
  ...all(file, /npm (test|start)\b/g),
];
/** Steps of other scripts, which nobody calls by themselves. */
const isPart = (name: string) =>
  Object.values(scripts).some((script) => script.includes(`npm run -s ${name}`));

test.each(DOCUMENTS)('every command that %s names exists', (file) => {
  expect(commandsIn(file).filter((name) => !(name in scripts))).toEqual([]);
});

test('every command is named in README.md, or for developers in CONTRIBUTING.md', () => {
  const named = [...commandsIn('README.md'), ...commandsIn('CONTRIBUTING.md')];
  const unnamed = Object.keys(scripts).filter((name) => !named.includes(name) && !isPart(name));
  expect(unnamed).toEqual([]);
});

test('the Chinese README names the same commands, options and settings', () => {
  const factsOf = (file: string) =>
    [
      ...commandsIn(file),
      ...all(file, /`([A-Z]+(?:_[A-Z]+)*)`/g),
      ...all(file, /(--[a-z]+)/g),
    ].filter((fact) => fact !== '');

  expect(new Set(factsOf('README.zh-CN.md'))).toEqual(new Set(factsOf('README.md')));
});

test('README.md says what every environment variable means, and none that is not read', () => {
  const rows = read('README.md')
    .split('\n')
    .filter((line) => /^\| `[A-Z_]+`/.test(line));
  const explained = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map((match) => match[1]),
  );
  // Refused while it is not supported.
  const known = all('api/config.ts', /^ {2}([A-Z_]+): z\./gm).filter(
    (name) => name !== 'DATABASE_URL',
  );
  expect(new Set(explained)).toEqual(new Set(known));
});

test.each(DOCUMENTS)('every path that %s cites exists', (file) => {
  const links = all(file, /\]\((?!https?:)([^)#]+)\)/g).map((link) => join(dirname(file), link));
  const quoted = all(file, /`((?:api|db|docs|site|scripts|tests)\/[\w./-]+)`/g);
  const installed = all(file, /\/opt\/sunshine-dibao\/([\w./-]+)(?![\w./*-])/g);
  const cited = [...links, ...quoted, ...installed].filter((path) => !existsSync(path));
  expect(cited).toEqual([]);
});

test.each(DOCUMENTS)('every page and route that %s names exists', (file) => {
  const named = all(file, /`(\/(?:staff|complaints|api)\/[\w/-]*)`/g);
  expect(named.filter((path) => !isAnswered(path))).toEqual([]);
});

const routes = globSync('api/routes/*.ts').map(read).join('\n');
function isAnswered(path: string): boolean {
  if (path.startsWith('/api/')) return routes.includes(`'${path}'`);
  const page = `site/pages${path.replace(/\/$/, '')}`;
  return existsSync(`${page}.astro`) || existsSync(`${page}/index.astro`);
}

test.each(DOCUMENTS)('every setting that %s names is read, and every secret made', (file) => {
  const set = all(file, /\b([A-Z]+_(?:DIR|URL|FROM))\b/g).filter((name) => name !== 'BASE_URL');
  expect(set.filter((name) => !read('api/config.ts').includes(`  ${name}: z.`))).toEqual([]);
  const secrets = all(file, /`([a-z-]+)\.key`/g);
  expect(secrets.filter((name) => !(SECRET_PURPOSES as readonly string[]).includes(name))).toEqual(
    [],
  );
});

test("the operator's guide names each secret and timed job, and its commands are scripts", () => {
  const guide = 'docs/operator-guide.zh-CN.md';
  expect(new Set(all(guide, /`([a-z-]+)\.key`/g))).toEqual(new Set(SECRET_PURPOSES));
  const scripts = all(guide, /(?:^|`)dibao ([a-z-]+)/gm);
  expect(scripts.length).toBeGreaterThan(5);
  expect(scripts.filter((name) => !existsSync(`scripts/${name}.ts`))).toEqual([]);
  const settings = all(guide, /`([a-z]+_[a-z_]+)`/g);
  expect(settings.filter((name) => !(name in Settings.shape || name in ROLES))).toEqual([]);
  const jobs = Object.values(TIMED_JOBS).map(({ label }) => label);
  expect(jobs.filter((label) => !read(guide).includes(`“${label}”`))).toEqual([]);
  const units = all(guide, /(sunshine-dibao(?:-[a-z]+)?\.(?:service|timer))/g);
  expect(units.filter((name) => !existsSync(`scripts/deploy/${name}`))).toEqual([]);
});

test('every picture is shown by a document and taken by the script, and together they are small', () => {
  const files = globSync('docs/pictures/*');
  const shown = DOCUMENTS.flatMap((file) =>
    all(file, /!\[[^\]]+\]\(([^)]+)\)/g).map((path) => join(dirname(file), path)),
  );
  expect(files.filter((file) => !shown.includes(file))).toEqual([]);
  const taken = PICTURES.map(({ name }) => `docs/pictures/${name}.webp`);
  expect(files.toSorted()).toEqual(taken.toSorted());
  expect(files.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(2 * 2 ** 20);
});

test.each(globSync('docs/*.md'))('every word that %s quotes from a page stands on one', (file) => {
  const sources = globSync(['site/**/*.{astro,ts}', 'api/**/*.ts']);
  const words = sources
    .map(read)
    .join('\n')
    .replaceAll(/<[^>]+>|\s/g, '');
  const quoted = all(file, /“([^”]+)”/g).filter(
    (each) => !words.includes(each.replaceAll(' ', '')),
  );
  expect(quoted).toEqual([]);
});

test('no document names a registry or a folder of one machine', () => {
  const found = DOCUMENTS.filter((file) => /npmjs|npmmirror|\/root\/|\/work\//.test(read(file)));
  expect(found).toEqual([]);
});

/** The six files of a path through the code, in order. */
function filesOf(heading: string): string[] {
  const [, rest = ''] = read('CONTRIBUTING.md').split(`## ${heading}`);
  const [section = ''] = rest.split('\n## ');
  const files = [...section.matchAll(/^\d\. \[[^\]]+\]\(([^)]+)\)/gm)];
  expect(files).toHaveLength(6);
  return files.map((match) => match[1] ?? '');
}

test('a list is followed through six files, from its form to its page', () => {
  const [page = '', route = '', service = ''] = filesOf('A list');
  expect(read(page)).toContain('/api/staff/batches');
  expect(read(route)).toContain(`/${basename(service)}'`);
});

test('a complaint is followed through six files, each reached from one before it', () => {
  const files = filesOf('A complaint');
  const [page = '', route = '', ...inner] = files;
  expect(read(page)).toContain('/api/complaints');
  expect(read(route)).toContain("path: '/api/complaints'");
  for (const [index, file] of inner.entries()) {
    const before = files
      .slice(1, index + 2)
      .map(read)
      .join('\n');
    expect(before).toMatch(new RegExp(`from '[^']*/${basename(file)}'`));
  }
});

test('every expected failure of the table is thrown somewhere', () => {
  const sources = globSync(['api/**/*.ts', 'db/**/*.ts'], { exclude: ['api/errors.ts'] });
  const code = sources.map(read).join('\n');
  expect(Object.keys(ERRORS).filter((name) => !code.includes(`'${name}'`))).toEqual([]);
});
