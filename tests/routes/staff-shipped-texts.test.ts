import { expect, test } from 'vitest';
import type { z } from 'zod';
import { insertTexts, listAllTexts } from '#db/queries/texts.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import type { ShippedTexts } from '#routes/staff-shipped-texts.ts';
import type { TextDesk } from '#routes/staff-texts.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { publishHouseholds, publishedBy } from '#support/publications.ts';

const PATH = '/api/staff/shipped-texts';
type Missing = z.infer<typeof ShippedTexts>['items'];
type Desk = z.infer<typeof TextDesk>;

/** Leaves the portal with what an earlier version would have put in: no forms, no policies, no overviews. */
async function makeOlder(portal: FreshPortal, except: readonly string[] = []) {
  await portal.context.db.transaction(async (tx) => {
    const rows = await listAllTexts(tx);
    const old = rows.filter(
      ({ section, slug }) => ['procedure', 'site'].includes(section) && !except.includes(slug),
    );
    await tx.delete(tx.t.pageText);
    await insertTexts(
      tx,
      old.map((row) => ({ ...row, overview: '' })),
    );
  });
}

async function listMissing(portal: FreshPortal, cookie: string): Promise<Missing> {
  const answer = await portal.call(PATH, { cookie });
  return ((await answer.json()) as { items: Missing }).items;
}

async function putIn(portal: FreshPortal, cookie: string) {
  const answer = await portal.call(PATH, { cookie, method: 'POST' });
  return { status: answer.status, body: await answer.json() };
}

test('a new portal has every text of its version', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  expect(await listMissing(portal, cookie)).toEqual([]);
  expect(await putIn(portal, cookie)).toEqual({ status: 200, body: { added: 0 } });
});

test('what an older portal lacks is put in off the site, once, with its history and one entry in the log', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const { db } = portal.context;
  const before = await listAllTexts(db);
  await makeOlder(portal);
  const old = await listAllTexts(db);
  const missing = await listMissing(portal, cookie);
  expect(new Set(missing.map(({ section }) => section))).toEqual(new Set(['form', 'policy']));
  expect(missing).toHaveLength(before.length - old.length);
  expect(await putIn(portal, cookie)).toEqual({ status: 200, body: { added: missing.length } });
  expect(await putIn(portal, cookie)).toEqual({ status: 200, body: { added: 0 } });
  const after = await listAllTexts(db);
  expect(after.filter((row) => row.hiddenOn === null)).toEqual(old);
  expect(after.filter((row) => row.hiddenOn === '2026-11-20')).toHaveLength(missing.length);
  const law = await portal.call('/api/staff/texts/social-assistance-law', { cookie });
  expect(((await law.json()) as Desk).versions).toMatchObject([
    { version: 1, change: 'add', note: '随软件带来的', personName: '聂清和' },
  ]);
  const entries = await db.select().from(db.t.auditEntry);
  const added = entries.filter(({ action }) => action === 'text.add-shipped');
  expect(added).toHaveLength(1);
  expect(added[0]?.subjectId.split(' ')).toEqual(missing.map(({ slug }) => slug));
});

test('each text that was put in can be shown as it is, forms and policies alike', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  await makeOlder(portal);
  const missing = await listMissing(portal, cookie);
  await putIn(portal, cookie);
  const refused: string[] = [];
  for (const { slug } of missing) {
    const path = `/api/staff/texts/${slug}/visibility`;
    const shown = await portal.call(path, { cookie, json: { base: 1, shown: true } });
    if (shown.status !== 204) refused.push(`${slug} ${await shown.text()}`);
  }
  expect(refused).toEqual([]);
});

test('a page that every portal has is on the site at once', async () => {
  await using portal = await createPortal();
  const { publisher: cookie } = await publishHouseholds(portal);
  await makeOlder(portal, ['privacy']);
  await publishedBy(portal, () => putIn(portal, cookie));
  const read = createPublicReader(`${portal.context.config.dataDir}/public`);
  expect(await read('text', 'privacy')).toMatchObject({ slug: 'privacy' });
  expect(await read('text', 'social-assistance-law')).toBeNull();
});

test('a text that staff wrote under the same title is not put in beside theirs', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const law = (await listAllTexts(portal.context.db)).find(
    ({ slug }) => slug === 'social-assistance-law',
  );
  await makeOlder(portal);
  await portal.context.db.transaction((tx) =>
    insertTexts(tx, law ? [{ ...law, slug: 'shehuijiuzhufa' }] : []),
  );
  const slugs = (await listMissing(portal, cookie)).map(({ slug }) => slug);
  expect(slugs).not.toContain('social-assistance-law');
  expect(slugs).toContain('application');
});

test('a text tells the overview it came with, so that an older one can be given it', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  await makeOlder(portal);
  const open = async (slug: string) =>
    (await (await portal.call(`/api/staff/texts/${slug}`, { cookie })).json()) as Desk;
  const dibao = await open('dibao');
  expect(dibao.fields.overview).toBe('');
  expect(dibao.shippedOverview).toMatch(/^.+：.+/);
  expect((await open('about')).shippedOverview).toBe('');
});

test('only who edits texts at the bureau sees or puts in what is missing', async () => {
  await using portal = await createPortal();
  for (const login of ['publisher-qingshan', 'reviewer', 'security']) {
    const cookie = await portal.signIn(login);
    expect((await portal.call(PATH, { cookie })).status).toBe(403);
    expect((await putIn(portal, cookie)).status).toBe(403);
  }
});
