import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publishDue } from '#publishing/publish-due.ts';
import { publish } from '#publishing/publish.ts';
import { listCases } from '#db/queries/cases.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { CHECKS, codeOf, createCaseDesk } from '#support/cases.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { publicFolders, publishHouseholds, publishedBy } from '#support/publications.ts';
import { runScript } from '#support/run-script.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { verifyPublic } from '#services/verify-public.ts';
import { listBrokenPages, pageOf, pathsOf } from './live-files.ts';

const DAY_MS = 24 * 3_600_000;
const TITLE = '青山镇某村原村干部张某为亲属违规办理低保';
/** What only a case says. */
const WORDS = [TITLE, '隐瞒亲属家庭收入', '受到党内警告处分'];

function scan(portal: FreshPortal, needles = WORDS) {
  return publicFolders(portal).flatMap((folder) => findInFolder(folder, needles));
}

/** A portal with a case that is on the site. */
async function openExposed() {
  const portal = await createPortal();
  const desk = createCaseDesk(portal);
  const id = await desk.handIn();
  await desk.approve(id);
  expect((await publish(portal.context)).findings).toEqual([]);
  return { portal, desk, id, [Symbol.asyncDispose]: portal.close };
}

test('an approved case stands on its page, in the index, the news, the feed, the search and the sitemap', async () => {
  await using exposed = await openExposed();
  const { portal, desk, id } = exposed;
  const { site } = pathsOf(portal.context);
  const own = pageOf(portal.context, `cases/${id}`);
  for (const words of [...WORDS, '青山镇人民政府', '2027年5月20日自动撤下']) {
    expect(own).toContain(words);
  }
  for (const path of ['', 'cases']) expect(pageOf(portal.context, path)).toContain(TITLE);
  const address = `/cases/${id}/`;
  for (const file of ['feed.xml', 'search.json']) {
    const data = readFileSync(join(site, file), 'utf8');
    expect(data).toContain(TITLE);
    expect(data).toContain(address);
  }
  expect((await desk.read('reviewer', id)).status).toBe('published');
  expect(listBrokenPages(portal.context)).toEqual([]);
});

test('what is not approved is in no byte of the public folders', async () => {
  await using portal = await createPortal();
  const desk = createCaseDesk(portal);
  const id = await desk.handIn();
  await desk.write('township-qingshan', { title: '另一份草稿' });
  await publish(portal.context);
  expect(scan(portal, [...WORDS, '另一份草稿', id])).toEqual([]);
  await desk.take('reviewer', id, 'return', { note: '不公开。' });
  await publish(portal.context);
  expect(scan(portal, [...WORDS, id])).toEqual([]);
});

test('a case that is taken down is gone from every byte at once, and its words from the store', async () => {
  await using exposed = await openExposed();
  const { portal, desk, id } = exposed;
  expect(scan(portal).length).toBeGreaterThan(5);
  const answer = await publishedBy(portal, () =>
    desk.take('triage', id, 'withdraw', { reason: 'PERSONAL' }),
  );
  expect(answer.status).toBe(204);
  expect(scan(portal, [...WORDS, id])).toEqual([]);
  expect(existsSync(join(pathsOf(portal.context).site, 'cases', id))).toBe(false);
  expect(pageOf(portal.context, 'cases')).toContain('目前没有公布的案例');
  expect(listBrokenPages(portal.context)).toEqual([]);
  await verifyPublic(pathsOf(portal.context).public);
  expect(await listCases(portal.context.db, [DEMO_BODIES.qingshan])).toMatchObject([
    { words: null },
  ]);
});

test('who took a case down does not look at that again; restored it waits for a publication', async () => {
  await using exposed = await openExposed();
  const { portal, desk, id } = exposed;
  await publishedBy(portal, () => desk.take('reviewer', id, 'withdraw', { reason: 'WRONG' }));
  expect(await codeOf(await desk.take('reviewer', id, 'restore'))).toBe('own-approval');
  expect((await desk.take('section-chief', id, 'restore')).status).toBe(204);
  await publishDue(portal.context);
  expect(scan(portal)).toEqual([]);
  await publish(portal.context);
  expect(pageOf(portal.context, `cases/${id}`)).toContain(TITLE);
});

test('a case leaves by itself when its term is over, though the server was down', async () => {
  await using exposed = await openExposed();
  const { portal, id } = exposed;
  // Nobody published anything for half a year.
  portal.advance(180 * DAY_MS);
  await publishDue(portal.context);
  expect(pageOf(portal.context, `cases/${id}`)).toContain(TITLE);
  portal.advance(DAY_MS);
  expect(await publishDue(portal.context)).toMatchObject({ status: 'live' });
  expect(scan(portal, [...WORDS, id])).toEqual([]);
  const [stored] = await listCases(portal.context.db, [DEMO_BODIES.qingshan]);
  expect(stored).toMatchObject({ status: 'expired', words: null });
  expect(await publishDue(portal.context)).toBeNull();
});

test('the timer beside a stopped server takes an ended case off the site', async () => {
  await using exposed = await openExposed();
  const { portal, id } = exposed;
  const { db, config } = portal.context;
  await db.transaction((tx) => tx.update(tx.t.publicCase).set({ endsOn: '2026-11-21' }));
  const { code, stdout, stderr } = await runScript('publish', ['--due'], config);
  expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
  expect(scan(portal, [...WORDS, id])).toEqual([]);
  const [stored] = await listCases(db, [DEMO_BODIES.qingshan]);
  expect(stored).toMatchObject({ status: 'expired', words: null });
});

test('what was to leave when the process was stopped leaves with the timer', async () => {
  await using exposed = await openExposed();
  const { portal, id } = exposed;
  const { db } = portal.context;
  // As a withdrawal leaves the store when nothing is published after it.
  await db.transaction((tx) =>
    tx.update(tx.t.publicCase).set({ status: 'withdrawn', words: null }),
  );
  expect(await publishDue(portal.context)).toMatchObject({ status: 'live' });
  expect(scan(portal, [...WORDS, id])).toEqual([]);
});

test('a name of a list cannot be approved, and its author is not told whose it is', async () => {
  await using portal = await createPortal();
  await publishHouseholds(portal);
  const desk = createCaseDesk(portal);
  const spaced = { happened: '陆 秋实骗取低保。' };
  for (const words of [{ happened: '陆秋实隐瞒收入，骗取低保。' }, spaced]) {
    const id = await desk.handIn(words);
    const own = await desk.read('township-qingshan', id);
    const kinds = (spots: typeof own.spots) => spots?.happened.map(({ kind }) => kind) ?? [];
    expect(kinds(own.spots)).not.toContain('full-name');
    const answer = await desk.take('section-chief', id, 'approve', { checks: CHECKS });
    expect(await codeOf(answer)).toBe('personal-data');
    if (words !== spaced) {
      expect(kinds((await desk.read('section-chief', id)).spots)).toContain('full-name');
    }
  }
  await publish(portal.context);
  expect(scan(portal, ['陆秋实', '骗取低保'])).toEqual([]);
});

test('a case that appears waits for a publication by a person', async () => {
  await using portal = await createPortal();
  await publish(portal.context);
  const desk = createCaseDesk(portal);
  await desk.approve(await desk.handIn());
  portal.advance(DAY_MS);
  await publishDue(portal.context);
  await publish(portal.context, { scope: 'directory' });
  expect(scan(portal)).toEqual([]);
  await publish(portal.context);
  expect(scan(portal).length).toBeGreaterThan(5);
});
