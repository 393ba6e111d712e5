import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '#api/app.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import { openBoards } from '#support/boards.ts';
import type { BoardPortal } from '#support/boards.ts';
import { createCaseDesk } from '#support/cases.ts';
import { createDesk, fileLead } from '#support/leads.ts';
import { csvOf, idOf, uploadBatchId } from '#support/lists.ts';
import { findPageFaults, findReorderings, listOnDemandPages } from '#support/page-folders.ts';
import { referLead } from '#support/referrals.ts';

/** Each page is a step for one of them at least. */
const LOGINS = [
  ...['publisher', 'reviewer', 'triage', 'leader', 'security', 'liaison', 'auditor'],
  'township-qingshan',
];
/** Addresses of one page that are opened; a list has as many as it has rows. */
const MOST_OF_A_KIND = 4;
/** Opened by no link of a desk: before somebody signs in, or after something was sent. */
const BEHIND_A_FORM = [
  '/staff/sign-in',
  '/staff/sign-out',
  '/staff/invitation',
  '/staff/leads/registered',
  '/staff/ledgers/backlog/running',
  '/staff/cases/[id]/withdraw',
];
/** What a form without a body leads to. */
const SENT = [
  '/staff/lists/new/file/?kind=LIST&aidType=RURAL_DIBAO&period=2026-11&reviewBodyCode=bureau-990101000000',
];

let portal: BoardPortal;
let app: ReturnType<typeof createApp>;
const pages = listOnDemandPages();
const opened = new Map<string, string[]>();

beforeAll(async () => {
  portal = await openBoards();
  const built = new URL('../../dist/server/entry.mjs', import.meta.url).href;
  const entry: typeof import('#site/lib/entry.ts') = await import(/* @vite-ignore */ built);
  const read = createPublicReader(join(portal.context.config.dataDir, 'public'));
  app = createApp(portal.context, { pages: entry, read, files: null });
  portal.advance(120_000);
  const waiting = csvOf([
    { village: '柳树村', name: '陆秋实', id: idOf('19570303') },
    { village: '老柳树屯', name: '段兰香', id: idOf('19560202') },
  ]);
  const publisher = await portal.signIn('publisher');
  await uploadBatchId(portal, publisher, {
    file: waiting,
    fileName: 'next.csv',
    period: '2026-11',
  });
  await referLead(portal, createDesk(portal));
  await fileLead(portal, { ...COMPLAINT });
  portal.advance(120_000);
  const cases = createCaseDesk(portal);
  await cases.handIn();
  await cases.write('township-qingshan');
  portal.advance(120_000);
}, 120_000);
afterAll(async () => portal.close());

const COMPLAINT = {
  class: 'REPORT',
  problemTypes: ['INACT'],
  placeCode: '990101100203',
  text: '来回跑了几趟都没有人管，希望查一查。',
  mode: 'ANONYMOUS',
  subjectRole: 'VILLAGE_CADRE',
};

/** The page of the folder that answers an address. */
function pageOf(address: string): string | undefined {
  const path = address.replace(/[?#].*$/, '').replace(/(.)\/$/, '$1');
  if (pages.includes(path)) return path;
  const parts = path.split('/');
  const found = pages.filter((page) => {
    const own = page.split('/');
    return (
      own.length === parts.length &&
      own.every((part, at) => part.startsWith('[') || part === parts[at])
    );
  });
  // The one that names more of it.
  return found.toSorted((a, b) => a.split('[').length - b.split('[').length)[0];
}

async function look(address: string, cookie: string) {
  const answer = await app.request(address, { headers: { cookie } });
  const html = await answer.text();
  const isPage = answer.headers.get('content-type')?.startsWith('text/html') && html !== '';
  const faults = isPage ? findPageFaults(answer, html) : [];
  const links = [...html.matchAll(/\shref="(\/staff\/[^"]*)"/g)].map(([, link = '']) =>
    link.replaceAll('&amp;', '&').replace(/#.*$/, ''),
  );
  return { status: answer.status, faults: faults.map((words) => `${address}: ${words}`), links };
}

/** Follows every link of a desk; the faults of its pages. */
async function walk(login: string): Promise<string[]> {
  const cookie = await portal.signIn(login);
  const found: string[] = [];
  const print = `/staff/boards/${portal.batch}/print/`;
  const seen = new Set(['/staff/', ...(login === 'publisher' ? [...SENT, print] : [])]);
  const counts = new Map<string, number>();
  for (const address of seen) {
    const page = pageOf(address);
    const count = (counts.get(page ?? '') ?? 0) + 1;
    counts.set(page ?? '', count);
    if (page && count > MOST_OF_A_KIND) continue;
    const { status, faults, links } = await look(address, cookie);
    if (!page || status >= 400) found.push(`${address}: ${status} for ${login}`);
    found.push(...faults);
    if (page) opened.set(page, [...(opened.get(page) ?? []), login]);
    for (const link of links) seen.add(link);
  }
  return found;
}

test.each(LOGINS)(
  'every page that a desk leads to is whole without JavaScript, keeps the content policy and asks no other site: %s',
  async (login) => {
    expect(await walk(login)).toEqual([]);
  },
  60_000,
);

test('every staff page was opened from some desk', () => {
  const staff = pages.filter((page) => page.startsWith('/staff'));
  expect(staff.length).toBeGreaterThan(40);
  const missed = staff.filter((page) => !opened.has(page) && !BEHIND_A_FORM.includes(page));
  expect(missed).toEqual([]);
});

test('the pages of complaints and those before the sign-in keep the same rules', async () => {
  const open = pages.filter(
    (page) => page.startsWith('/complaints') || BEHIND_A_FORM.includes(page),
  );
  const found: string[] = [];
  for (const page of [
    ...open,
    '/complaints/new?step=class',
    '/complaints/nowhere',
    '/staff/leads/',
  ]) {
    const { status, faults } = await look(page, '');
    if (status >= 500) found.push(`${page}: ${status}`);
    found.push(...faults);
  }
  expect(found).toEqual([]);
});

test('what is read aloud stands in the order in which it is shown', () => {
  expect(findReorderings()).toEqual([]);
});
