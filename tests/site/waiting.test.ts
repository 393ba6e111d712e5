import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const FRONTMATTER = /^---\n([\s\S]*?)\n---/;
const IMPORTED = /from '((?:#site|\.{1,2})\/[^']+\.astro)'/g;

function readFrontmatter(file: string): string {
  return FRONTMATTER.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
}

function listImported(file: string): string[] {
  return Array.from(readFrontmatter(file).matchAll(IMPORTED), ([, path = '']) =>
    path.startsWith('#site/') ? path.replace('#site/', 'site/') : join(dirname(file), path),
  );
}

/** Layouts and components that pages are made of, as deep as it goes. */
function listParts(pages: readonly string[]): Set<string> {
  const parts = new Set<string>();
  const open = pages.flatMap(listImported);
  for (let file = open.pop(); file; file = open.pop()) {
    if (parts.has(file)) continue;
    parts.add(file);
    open.push(...listImported(file));
  }
  return parts;
}

test('no component shared by pages for the public waits for data: what is inside it would be put together in pieces', () => {
  const pages = globSync('site/pages/**/*.astro', { exclude: ['site/pages/staff/**'] });
  const parts = listParts(pages);
  expect(parts).toContain('site/components/VillageLists.astro');
  const shared = [...parts].filter((file) => !file.startsWith('site/pages/'));
  const waiting = shared.filter((file) => /\bawait\b/.test(readFrontmatter(file)));
  expect(waiting).toEqual([]);
});
