import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { ERRORS } from '#api/errors.ts';

const DOCUMENTS = [
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'DECISIONS.md',
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
  const links = all(file, /\]\((?!https?:)([^)#]+)\)/g);
  const quoted = all(file, /`((?:api|db|site|scripts|tests)\/[\w./-]+)`/g);
  expect([...links, ...quoted].filter((path) => !existsSync(path))).toEqual([]);
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
