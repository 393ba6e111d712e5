import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApp } from '#api/app.ts';
import { listBatchProblems } from '#db/queries/batches.ts';
import { listRowsOf } from '#db/queries/list-rows.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publish } from '#publishing/publish.ts';
import { publishDue } from '#publishing/publish-due.ts';
import type { PageRenderer } from '#routes/pages.ts';
import { STALLING, VILLAGE, sendComplaint } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, createDesk, fileLead } from '#support/leads.ts';
import type { Failure } from '#support/leads.ts';
import { csvOf, decideList, idOf, uploadBatchId } from '#support/lists.ts';
import {
  HOUSEHOLDS,
  publicFolders,
  publishHouseholds,
  publishedBy,
} from '#support/publications.ts';
import { findInFolder } from '#support/scan-folder.ts';

const SITE = new URL('../../dist/server/entry.mjs', import.meta.url).href;
const DAY_MS = 24 * 3_600_000;
const MASKS = ['任*香', '施*余', '陆*实'];
const OBJECTION = {
  class: 'NOTICE_OBJ',
  problemTypes: ['CUOBAO'],
  placeCode: VILLAGE,
  text: '这一户去年盖了新房，家里还有两台大货车。',
};
const ACCEPTED = { ...ACCEPTANCE, class: 'NOTICE_OBJ', problemTypes: ['CUOBAO'], subjectRoles: [] };

/** A published portal with a running notice of three households, and staff at work. */
async function portalWithNotice() {
  const portal = await createPortal();
  const other = { village: '东河村', name: '温如玉', id: idOf('19620202') };
  await publishHouseholds(portal, { households: [{ ...other, amount: '600' }] });
  portal.advance(120_000);
  const notice = await upload(portal, 'REVIEW_NOTICE');
  const answer = await decideList(portal, await portal.signIn('reviewer'), notice, 'approve');
  expect(answer.status).toBe(204);
  portal.advance(120_000);
  expect(await publishDue(portal.context)).toMatchObject({ status: 'live' });
  const desk = createDesk(portal);
  return { portal, desk, notice, [Symbol.asyncDispose]: portal.close };
}
type Setting = Awaited<ReturnType<typeof portalWithNotice>>;

async function upload(portal: FreshPortal, kind: string, period = '2026-10') {
  const file = csvOf(HOUSEHOLDS);
  const cookie = await portal.signIn('publisher');
  const fields = { kind, ...(kind === 'LIST' ? {} : { noticeDays: '7' }) };
  return uploadBatchId(portal, cookie, { file, fileName: 'list.csv', period, fields });
}

async function acceptObjection({ portal, desk, notice }: Setting, noticeRow?: number) {
  const { reference } = await fileLead(portal, { ...OBJECTION, noticeId: notice, noticeRow });
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  const accept = () => desk.take('triage', reference, 'accept', 'TRIAGE', ACCEPTED);
  await (noticeRow ? publishedBy(portal, accept) : accept());
  return reference;
}

async function refusalOf(portal: FreshPortal, complaint: object) {
  const answer = await sendComplaint(portal, { ...OBJECTION, ...complaint });
  expect(answer.status).toBe(422);
  return ((await answer.json()) as Failure).error.fields;
}

function shown(portal: FreshPortal): string[] {
  const found = publicFolders(portal).flatMap((folder) => findInFolder(folder, MASKS));
  return [...new Set(found.map(({ needle }) => needle))].toSorted();
}

async function visibilities(portal: FreshPortal, batch: string) {
  return (await listRowsOf(portal.context.db, batch)).map((row) => row.visibility);
}

function release(portal: FreshPortal, cookie: string, id: string | undefined, json: object) {
  return portal.call(`/api/staff/rows/${id}/release-hold`, { cookie, json });
}

test('an accepted objection holds back the household it names, and only that', async () => {
  await using found = await portalWithNotice();
  const { portal, notice } = found;
  expect(shown(portal)).toEqual(MASKS);
  const reference = await acceptObjection(found, 2);
  expect(await visibilities(portal, notice)).toEqual(['listed', 'held', 'listed']);
  expect(shown(portal)).toEqual(['施*余', '陆*实']);

  const { db } = portal.context;
  const entries = await db.select().from(db.t.auditEntry);
  const hold = entries.filter((entry) => entry.action === 'list-row.hold');
  expect(hold).toMatchObject([{ subjectKind: 'list-row', personId: null, bodyCode: null }]);
  const [lead] = await db.select().from(db.t.lead);
  for (const known of [reference, lead?.id]) expect(JSON.stringify(hold)).not.toContain(known);
  const [publication] = (await db.select().from(db.t.publication)).toSorted(
    (a, b) => b.startedAt - a.startedAt,
  );
  expect(publication).toMatchObject({ status: 'live', startedBy: null });
});

test('an objection to the whole notice holds nobody back', async () => {
  await using found = await portalWithNotice();
  await acceptObjection(found);
  expect(await visibilities(found.portal, found.notice)).toEqual(['listed', 'listed', 'listed']);
});

test('a report about something else holds nobody back', async () => {
  await using found = await portalWithNotice();
  const { portal, desk, notice } = found;
  const complaint = { ...STALLING, noticeId: notice, noticeRow: 2 };
  const { reference } = await fileLead(portal, complaint);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'accept', 'TRIAGE', ACCEPTANCE);
  expect(await visibilities(portal, notice)).toEqual(['listed', 'listed', 'listed']);
});

test('later lists hold the household back too, until a second person releases it', async () => {
  await using found = await portalWithNotice();
  const { portal, notice } = found;
  await acceptObjection(found, 2);
  portal.advance(120_000);
  const list = await upload(portal, 'LIST', '2026-11');
  expect(await visibilities(portal, list)).toEqual(['listed', 'held', 'listed']);
  const problems = await listBatchProblems(portal.context.db, list);
  expect(problems).toContainEqual(
    expect.objectContaining({ reason: 'held', kind: 'withheld', line: 3 }),
  );

  const [, row] = await listRowsOf(portal.context.db, notice);
  portal.advance(120_000);
  const reason = { reason: 'UNFOUNDED' };
  const [publisher, reviewer] = [await portal.signIn('publisher'), await portal.signIn('reviewer')];
  expect((await release(portal, publisher, row?.id, reason)).status).toBe(404);
  expect((await release(portal, reviewer, row?.id, { reason: 'HEARSAY' })).status).toBe(422);
  const answer = await publishedBy(portal, () => release(portal, reviewer, row?.id, reason));
  expect(answer.status).toBe(202);
  expect(await visibilities(portal, list)).toEqual(['listed', 'listed', 'listed']);
  expect(shown(portal)).toEqual(MASKS);
  expect((await release(portal, reviewer, row?.id, reason)).status).toBe(409);
});

test('a list that waited for review when the objection was accepted holds it back as well', async () => {
  await using found = await portalWithNotice();
  const { portal } = found;
  const list = await upload(portal, 'LIST', '2026-11');
  await acceptObjection(found, 1);
  expect(await visibilities(portal, list)).toEqual(['held', 'listed', 'listed']);
});

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

test('a month that is reported as the last one holds the household back too', async () => {
  await using found = await portalWithNotice();
  const { portal } = found;
  const october = await upload(portal, 'LIST');
  await decideList(portal, await portal.signIn('reviewer'), october, 'approve');
  await acceptObjection(found, 2);
  portal.advance(120_000);
  const cookie = await portal.signIn('publisher');
  const path = `/api/staff/batches/${october}/carry-over`;
  const answer = await portal.call(path, { cookie, method: 'POST' });
  const { id } = (await answer.json()) as { id: string };
  expect(await visibilities(portal, id)).toEqual(['listed', 'held', 'listed']);
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
