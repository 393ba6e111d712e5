import { expect, test } from 'vitest';
import type { UploadForm } from '#routes/uploads.ts';
import { STALLING, sendComplaint, sendForm } from '#support/complaints.ts';
import { makeFile, makeRecording, sendFile } from '#support/evidence.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { createDesk } from '#support/leads.ts';

async function ticketOf(portal: FreshPortal, waitMs = 3000): Promise<string> {
  const made = await portal.call('/api/uploads/tickets', { json: {}, method: 'POST' });
  portal.advance(waitMs);
  return ((await made.json()) as { ticket: string }).ticket;
}

/** Sends the page with the question as a browser without JavaScript does. */
async function sendPage(
  portal: FreshPortal,
  ticket: string,
  files: [string, Uint8Array<ArrayBuffer>][],
): Promise<UploadForm> {
  const form = new FormData();
  form.append('draft', 'sealed');
  form.append('ticket', ticket);
  for (const [name, content] of files) form.append('evidence', new Blob([content]), name);
  form.append('go', 'evidence');
  const answer = await portal.app.request('/api/uploads/form', {
    method: 'POST',
    headers: { origin: 'http://localhost' },
    body: form,
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as UploadForm;
}

test('of the files of a page one is refused with its reason and the others are taken', async () => {
  await using portal = await createPortal();
  const { fields, refused, uploaded } = await sendPage(portal, await ticketOf(portal), [
    ['一.amr', makeRecording()],
    ['二.jpg', makeFile('MZ')],
    ['三.amr', makeRecording()],
  ]);
  expect(uploaded.map(({ name }) => name)).toEqual(['一.amr', '三.amr']);
  expect(refused).toMatchObject([{ name: '二.jpg', message: expect.stringContaining('类型') }]);
  expect(fields.map(([name]) => name)).toEqual(['draft', 'ticket', 'go']);
});

test('a ticket pays for one page, and not before somebody could have chosen a file', async () => {
  await using portal = await createPortal();
  const ticket = await ticketOf(portal);
  expect((await sendPage(portal, ticket, [['一.amr', makeRecording()]])).uploaded).toHaveLength(1);
  for (const spent of [ticket, await ticketOf(portal, 0), 'made up']) {
    const { refused } = await sendPage(portal, spent, [['一.amr', makeRecording()]]);
    expect(refused).toMatchObject([{ message: expect.stringContaining('重新选择这个文件') }]);
  }
});

test('where no more files may wait without a proof, whoever sends one learns that words go on', async () => {
  await using portal = await createPortal();
  const ten = Array.from({ length: 10 }, (_, at) => [`${at}.amr`, makeRecording(100)] as const);
  for (let page = 0; page < 10; page += 1) {
    const sent = await sendPage(
      portal,
      await ticketOf(portal),
      ten.map(([...file]) => file),
    );
    expect(sent.uploaded).toHaveLength(10);
  }
  const late = await sendPage(portal, await ticketOf(portal), [['晚.amr', makeRecording()]]);
  const message = expect.stringMatching(/写的内容照样可以提交.*12345.*12388/);
  expect(late.refused).toMatchObject([{ name: '晚.amr', message }]);
  const paid = await portal.solveProof();
  expect((await sendFile(portal, makeRecording(), { altcha: paid })).status).toBe(201);
});

test('a complaint without a proof takes its files along to the screening', async () => {
  await using portal = await createPortal();
  const { uploaded } = await sendPage(portal, await ticketOf(portal), [
    ['录音.amr', makeRecording()],
  ]);
  const filed = await sendForm(portal, '/api/complaints', [
    ...Object.entries({ ...STALLING, problemTypes: 'STALL' }),
    ['evidence', uploaded[0]?.uploadId ?? ''],
  ]);
  const { reference } = (await filed.json()) as { reference: string };
  const lead = await createDesk(portal).open('intake', reference);
  expect(lead).toMatchObject({ status: 'SCREENING', evidence: [{ file: { name: '录音.amr' } }] });
});

test('what waits is described to who holds its id, until it is sent', async () => {
  await using portal = await createPortal();
  const { uploaded } = await sendPage(portal, await ticketOf(portal), [
    ['录音.amr', makeRecording()],
  ]);
  const uploadIds = [...uploaded.map(({ uploadId }) => uploadId), 'unknown'];
  const describe = async () => portal.call('/api/uploads/details', { json: { uploadIds } });
  expect(await (await describe()).json()).toEqual({ uploads: uploaded });
  await sendComplaint(portal, { ...STALLING, evidence: uploadIds.slice(0, 1) });
  expect(await (await describe()).json()).toEqual({ uploads: [] });
});
