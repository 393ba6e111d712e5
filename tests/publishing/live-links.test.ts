import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publish } from '#publishing/publish.ts';
import { TOWNS, addList, openCounty } from '#support/county.ts';
import { pathsOf } from './live-files.ts';

/** Answered by the portal itself. */
const ON_DEMAND = /^\/(complaints|staff|api|prefs\.css)(\/|$)|^\/prefs\.css$/;
/** Where the published text of a policy stands, and what the footer names: sites of the state. */
const OUTSIDE = /^https:\/\/[a-z.]+\.gov\.cn\//;

test('every address on every page of the live tree leads somewhere, and none is loaded from elsewhere', async () => {
  await using county = await openCounty();
  await addList(county, { town: TOWNS[0] });
  await publish(county.portal);
  const { site } = pathsOf(county);
  const pages = globSync('**/*.html', { cwd: site });
  expect(pages.length).toBeGreaterThan(10);
  const html = new Map(pages.map((file) => [file, readFileSync(join(site, file), 'utf8')]));
  const dead: string[] = [];
  for (const [file, text] of html) {
    const addresses = text.matchAll(/<(\w+)\b[^>]*?\s(?:href|src|action)="([^"]*)"/g);
    for (const [, element = '', address = ''] of addresses) {
      if (element === 'a' && (address.startsWith('tel:') || OUTSIDE.test(address))) continue;
      if (!leadsSomewhere(address, file)) dead.push(`${file}: ${element} ${address}`);
    }
  }
  expect([...new Set(dead)]).toEqual([]);

  function leadsSomewhere(address: string, from: string): boolean {
    const [path = '', fragment] = address.split('#');
    const [plain = ''] = path.split('?');
    if (plain === '') return hasId(from, fragment);
    if (!plain.startsWith('/') || plain.startsWith('//')) return false;
    if (ON_DEMAND.test(plain)) return true;
    const target = `${plain.slice(1)}${plain.endsWith('/') ? 'index.html' : ''}`;
    return existsSync(join(site, target)) && (!fragment || hasId(target, fragment));
  }

  function hasId(file: string, id: string | undefined): boolean {
    return id === undefined || (html.get(file) ?? '').includes(`id="${id}"`);
  }
});
