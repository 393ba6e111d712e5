import { expect } from 'vitest';
import { listRowsOf } from '#db/queries/list-rows.ts';
import { publishDue } from '#publishing/publish-due.ts';
import { VILLAGE, sendComplaint } from './complaints.ts';
import { createPortal } from './fresh-portal.ts';
import type { FreshPortal } from './fresh-portal.ts';
import { ACCEPTANCE, createDesk, fileLead } from './leads.ts';
import type { Failure } from './leads.ts';
import { csvOf, decideList, idOf, uploadBatchId } from './lists.ts';
import { HOUSEHOLDS, publicFolders, publishHouseholds, publishedBy } from './publications.ts';
import { findInFolder } from './scan-folder.ts';

export const SITE = new URL('../../dist/server/entry.mjs', import.meta.url).href;
export const DAY_MS = 24 * 3_600_000;
export const MASKS = ['任*香', '施*余', '陆*实'];
export const OBJECTION = {
  class: 'NOTICE_OBJ',
  problemTypes: ['CUOBAO'],
  placeCode: VILLAGE,
  text: '这一户去年盖了新房，家里还有两台大货车。',
};
const ACCEPTED = {
  ...ACCEPTANCE,
  class: 'NOTICE_OBJ',
  problemTypes: ['CUOBAO'],
  subjectRoles: [],
};

/** A published portal with a running notice of three households, and staff at work. */
export async function portalWithNotice() {
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

export async function upload(portal: FreshPortal, kind: string, period = '2026-10') {
  const file = csvOf(HOUSEHOLDS);
  const cookie = await portal.signIn('publisher');
  const fields = { kind, ...(kind === 'LIST' ? {} : { noticeDays: '7' }) };
  return uploadBatchId(portal, cookie, { file, fileName: 'list.csv', period, fields });
}

export async function acceptObjection({ portal, desk, notice }: Setting, noticeRow?: number) {
  const { reference } = await fileLead(portal, { ...OBJECTION, noticeId: notice, noticeRow });
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  const accept = () => desk.take('triage', reference, 'accept', 'TRIAGE', ACCEPTED);
  await (noticeRow ? publishedBy(portal, accept) : accept());
  return reference;
}

export async function refusalOf(portal: FreshPortal, complaint: object) {
  const answer = await sendComplaint(portal, { ...OBJECTION, ...complaint });
  expect(answer.status).toBe(422);
  return ((await answer.json()) as Failure).error.fields;
}

export function shown(portal: FreshPortal): string[] {
  const found = publicFolders(portal).flatMap((folder) => findInFolder(folder, MASKS));
  return [...new Set(found.map(({ needle }) => needle))].toSorted();
}

export async function visibilities(portal: FreshPortal, batch: string) {
  return (await listRowsOf(portal.context.db, batch)).map((row) => row.visibility);
}

export function release(portal: FreshPortal, cookie: string, id: string | undefined, json: object) {
  return portal.call(`/api/staff/rows/${id}/release-hold`, { cookie, json });
}
