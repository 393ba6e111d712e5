import { expect, test } from 'vitest';
import { STALLING, sendComplaint, sendForm } from '#support/complaints.ts';
import { makeFile, makeRecording } from '#support/evidence.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk } from '#support/leads.ts';
import { sendPage, ticketOf } from '#support/upload-page.ts';

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

test('of more files than a complaint may carry the first ten are taken, and the next is told', async () => {
  await using portal = await createPortal();
  const twelve = Array.from({ length: 12 }, (_, at): [string, Uint8Array<ArrayBuffer>] => [
    `${at}.amr`,
    makeRecording(100),
  ]);
  const { refused, uploaded } = await sendPage(portal, await ticketOf(portal), twelve);
  expect(uploaded).toHaveLength(10);
  const message = expect.stringContaining('最多上传10个文件');
  expect(refused).toMatchObject([{ name: '10.amr', message }]);
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
