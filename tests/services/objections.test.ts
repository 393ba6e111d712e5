import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApp } from '#api/app.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publish } from '#publishing/publish.ts';
import { publishDue } from '#publishing/publish-due.ts';
import type { PageRenderer } from '#routes/pages.ts';
import { fileLead } from '#support/leads.ts';
import { HOUSEHOLDS, publishedBy } from '#support/publications.ts';
import {
  SITE,
  DAY_MS,
  MASKS,
  OBJECTION,
  portalWithNotice,
  acceptObjection,
  refusalOf,
  shown,
} from '#support/holds.ts';

test('an objection names a notice that exists and a number on its page', async () => {
  await using found = await portalWithNotice();
  const { portal, notice } = found;
  expect(await refusalOf(portal, { noticeId: 'no-such-notice' })).toHaveProperty('noticeId');
  expect(await refusalOf(portal, { noticeId: notice, noticeRow: 4 })).toEqual({
    noticeRow: '按公示页上的序号填写',
  });
  // A household that is no longer shown is answered like one that is.
  await acceptObjection(found, 2);
  await fileLead(portal, { ...OBJECTION, noticeId: notice, noticeRow: 2 });
});

test('after its end an objection is a report like any other', async () => {
  await using found = await portalWithNotice();
  const { portal, notice } = found;
  portal.advance(11 * DAY_MS);
  await fileLead(portal, { ...OBJECTION, noticeId: notice, noticeRow: 2 });
  const { db } = portal.context;
  expect(await db.select().from(db.t.lead)).toMatchObject([{ class: 'REPORT', noticeId: notice }]);
});

test('a reviewer finds the held households and shows them again on a page; the publisher does not see them', async () => {
  await using found = await portalWithNotice();
  const { portal } = found;
  await acceptObjection(found, 2);
  portal.advance(120_000);
  const logins = ['publisher', 'reviewer', 'section-chief', 'publisher-qingshan'];
  const seen: Record<string, unknown> = {};
  for (const login of logins) {
    const cookie = await portal.signIn(login);
    const answer = await portal.call('/api/staff/held-rows', { cookie });
    const { items } = (await answer.json()) as { items: { maskedName: string }[] };
    seen[login] = items.map((item) => item.maskedName);
  }
  expect(seen).toEqual({
    publisher: [],
    reviewer: ['任*香'],
    'section-chief': ['任*香'],
    'publisher-qingshan': [],
  });

  portal.advance(120_000);
  const cookie = await portal.signIn('reviewer');
  const pages = (await import(/* @vite-ignore */ SITE)) as PageRenderer;
  const app = createApp(portal.context, { pages, read: async () => null, files: null });
  const headers = { cookie, 'sec-fetch-site': 'same-origin' };
  const page = await (await app.request('/staff/changes/', { headers })).text();
  const id = /name="release-UNFOUNDED"[^>]*value="([^"]+)"/.exec(page)?.[1] ?? '';
  const body = new URLSearchParams({ 'release-UNFOUNDED': id });
  const answer = await publishedBy(portal, async () =>
    app.request('/staff/changes/', { method: 'POST', headers, body }),
  );
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    '/staff/changes/?done=release',
  ]);
  expect(shown(portal)).toEqual(MASKS);
});

test('the counts of an ended notice do not tell that one of its households was protected since', async () => {
  await using found = await portalWithNotice();
  const { portal, notice } = found;
  portal.advance(11 * DAY_MS);
  await publishDue(portal.context);
  const read = createPublicReader(join(portal.context.config.dataDir, 'public'));
  const before = await read('notice', notice);
  expect(before).toMatchObject({ state: 'ended', households: 3 });
  const cookie = await portal.signIn('publisher');
  const json = { idNumber: HOUSEHOLDS[0]?.id };
  expect((await portal.call('/api/staff/protected-households', { cookie, json })).status).toBe(204);
  await publish(portal.context);
  expect(await read('notice', notice)).toEqual(before);
});
