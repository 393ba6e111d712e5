import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { readPhotoFacts } from '#rules/photo-facts.ts';
import { STALLING, sendComplaint } from '#support/complaints.ts';
import { makeFile, makePhoto, makeRecording, uploadFile } from '#support/evidence.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead } from '#support/leads.ts';
import type { Failure } from '#support/leads.ts';
import { findInFolder } from '#support/scan-folder.ts';

async function fileWith(portal: FreshPortal, content: Uint8Array<ArrayBuffer>, name = '甲.jpg') {
  const { uploadId } = await uploadFile(portal, content, { name });
  return fileLead(portal, { ...STALLING, evidence: [uploadId] });
}

test('the desk sees a file with its type, size and hash, and gets the original byte by byte', async () => {
  await using portal = await createPortal();
  const photo = await makePhoto();
  const { reference } = await fileWith(portal, photo, '孙某某的领条.jpg');
  const desk = createDesk(portal);
  const sha256 = createHash('sha256').update(photo).digest('hex');
  expect((await desk.open('triage', reference)).evidence).toEqual([
    {
      number: 1,
      onDate: '2026-11-20',
      origin: 'complaint',
      file: {
        name: '孙某某的领条.jpg',
        typeLabel: 'JPEG图片',
        kind: 'image',
        bytes: photo.length,
        sha256,
        viewable: true,
      },
    },
  ]);
  const answer = await desk.call('triage', `/api/staff/leads/${reference}/evidence/1`);
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(photo);
  const header = (name: string) => answer.headers.get(name);
  expect(header('content-disposition')).toBe(`attachment; filename="${reference}-1.jpg"`);
  expect(header('x-content-type-options')).toBe('nosniff');
  expect(header('content-security-policy')).toMatch(/^sandbox;/);
  expect(findInFolder(portal.context.config.dataDir, ['孙某某', sha256])).toEqual([]);
});

test('opening a file is in the log before it is given out', async () => {
  await using portal = await createPortal();
  const { reference } = await fileWith(portal, await makePhoto());
  const desk = createDesk(portal);
  await desk.call('triage', `/api/staff/leads/${reference}/evidence/1`);
  await desk.call('triage', `/api/staff/leads/${reference}/evidence/1/copy`);
  const { db } = portal.context;
  const actions = (await db.select().from(db.t.auditEntry)).map((entry) => entry.action);
  expect(actions.slice(-2)).toEqual(['lead.save-evidence', 'lead.view-evidence']);
});

test('the copy of a photo to look at says nothing of place, time and device', async () => {
  await using portal = await createPortal();
  const { reference } = await fileWith(portal, await makePhoto());
  const answer = await createDesk(portal).call(
    'triage',
    `/api/staff/leads/${reference}/evidence/1/copy`,
  );
  const copy = new Uint8Array(await answer.arrayBuffer());
  expect(readPhotoFacts(copy)).toEqual({ position: null, takenAt: null, device: null });
  expect(await sharp(copy).metadata()).toMatchObject({ format: 'jpeg', width: 640, height: 480 });
});

test('a picture that cannot be drawn says so, and a document has no copy', async () => {
  await using portal = await createPortal();
  const broken = await fileWith(portal, makeFile([0xff, 0xd8, 0xff, 0xe0]));
  const document = await fileWith(
    portal,
    makeFile('PK\x03\x04[Content_Types].xml', 5000, 'word/document.xml'),
  );
  const desk = createDesk(portal);
  const codes: string[] = [];
  for (const { reference } of [broken, document]) {
    const answer = await desk.call('triage', `/api/staff/leads/${reference}/evidence/1/copy`);
    codes.push(((await answer.json()) as Failure).error.code);
  }
  expect(codes).toEqual(['file-refused', 'not-found']);
});

test('a recording alone is a complaint, a photo alone is not', async () => {
  await using portal = await createPortal();
  const { text: _text, ...silent } = STALLING;
  const recording = await uploadFile(portal, makeRecording());
  const photo = await uploadFile(portal, await makePhoto());
  const heard = await sendComplaint(portal, { ...silent, evidence: [recording.uploadId] });
  const seen = await sendComplaint(portal, { ...silent, evidence: [photo.uploadId] });
  expect([heard.status, seen.status]).toEqual([201, 422]);
});

test('a file is taken once; the same complaint sent again is the same receipt', async () => {
  await using portal = await createPortal();
  const { uploadId } = await uploadFile(portal, makeRecording());
  const complaint = { ...STALLING, evidence: [uploadId] };
  const first = await fileLead(portal, complaint);
  const other = await sendComplaint(portal, complaint);
  expect(other.status).toBe(422);
  const again = await fileLead(portal, { ...complaint, queryCode: first.queryCode });
  expect(again).toEqual(first);
});

test('of two complaints that send one file at the same time, one takes it', async () => {
  await using portal = await createPortal();
  const { uploadId } = await uploadFile(portal, makeRecording());
  const complaint = { ...STALLING, evidence: [uploadId] };
  const answers = await Promise.all([1, 2].map(async () => sendComplaint(portal, complaint)));
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201, 422]));
  const { db } = portal.context;
  expect(await db.select().from(db.t.leadEvidence)).toHaveLength(1);
});

test('whoever may not know of a lead gets its files no more than its text', async () => {
  await using portal = await createPortal();
  const { reference } = await fileWith(portal, makeRecording());
  const desk = createDesk(portal);
  for (const part of ['1', '1/copy', '9']) {
    const answer = await desk.call('handler', `/api/staff/leads/${reference}/evidence/${part}`);
    expect(answer.status).toBe(404);
  }
});

test('a file that was changed on the disk is not given out as if it were whole', async () => {
  await using portal = await createPortal();
  const { reference } = await fileWith(portal, makeRecording(200_000));
  const folder = join(portal.context.config.dataDir, 'evidence');
  const [name = ''] = readdirSync(folder);

  const bytes = readFileSync(join(folder, name));
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(join(folder, name), bytes);
  const answer = await createDesk(portal).call(
    'triage',
    `/api/staff/leads/${reference}/evidence/1`,
  );
  await expect(answer.arrayBuffer()).rejects.toThrow();
});

test('more files come with the code, and their desk sees that they were added', async () => {
  await using portal = await createPortal();
  const { queryCode, reference } = await fileLead(portal);
  const { uploadId } = await uploadFile(portal, makeRecording(), { name: '补充.amr' });
  const json = { queryCode, evidence: [uploadId] };
  const sent = await portal.call('/api/follow-up/messages', { json });
  expect(sent.status).toBe(204);
  const lead = await createDesk(portal).open('triage', reference);
  expect(lead.evidence).toMatchObject([{ origin: 'supplement', file: { name: '补充.amr' } }]);
  expect(lead.messages).toMatchObject([{ text: '补充附件1个。' }]);
});

test('a file that was chosen by mistake is destroyed at once, and cannot be sent', async () => {
  await using portal = await createPortal();
  const { uploadId } = await uploadFile(portal, makeRecording());
  const gone = await portal.call('/api/uploads/removal', { json: { uploadId } });
  expect(gone.status).toBe(204);
  const evidence = join(portal.context.config.dataDir, 'evidence');
  expect(readdirSync(evidence)).toEqual([]);
  expect((await sendComplaint(portal, { ...STALLING, evidence: [uploadId] })).status).toBe(422);
});

test('a part and the lead it repeats have the same files, each under its own key', async () => {
  await using portal = await createPortal();
  const first = await fileLead(portal);
  const second = await fileWith(portal, makeRecording(), '录音.amr');
  const desk = createDesk(portal);
  const third = await fileWith(portal, makeRecording(), '录音.amr');
  for (const { reference } of [first, second, third]) {
    await desk.take('intake', reference, 'claim', 'RECEIVED');
  }
  await desk.take('triage', second.reference, 'split', 'TRIAGE', {
    allegation: '另外，经办人收了两条烟。',
    class: 'REPORT',
    problemTypes: ['EXTORT'],
  });
  const split = (await desk.open('triage', second.reference)).children[0]?.reference ?? '';
  await desk.take('triage', third.reference, 'merge', 'TRIAGE', {
    basis: 'SAME_ACCUSED',
    reason: '同一件事。',
    parent: first.reference,
  });
  for (const reference of [split, first.reference]) {
    const { evidence } = await desk.open('triage', reference);
    expect(evidence).toMatchObject([{ file: { name: '录音.amr' } }]);
    const answer = await desk.call('triage', `/api/staff/leads/${reference}/evidence/1`);
    expect((await answer.arrayBuffer()).byteLength).toBe(3000);
  }
});
