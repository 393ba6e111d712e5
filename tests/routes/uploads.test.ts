import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sweep } from '#jobs/sweep.ts';
import { STALLING, sendComplaint } from '#support/complaints.ts';
import { makeFile, makePhoto, makeRecording, sendFile, uploadFile } from '#support/evidence.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import type { Failure } from '#support/leads.ts';
import { findInFolder } from '#support/scan-folder.ts';

function filesOf(portal: FreshPortal): string[] {
  try {
    return readdirSync(join(portal.context.config.dataDir, 'evidence'));
  } catch {
    return [];
  }
}

async function codeOf(answer: Response): Promise<string> {
  return ((await answer.json()) as Failure).error.code;
}

test('a photo is taken, told what it carries, and lies sealed on the disk without its name', async () => {
  await using portal = await createPortal();
  const photo = await makePhoto();
  const uploaded = await uploadFile(portal, photo, { name: '赵某某签字的单子.jpg' });
  expect(uploaded).toMatchObject({
    sha256: createHash('sha256').update(photo).digest('hex'),
    type: 'JPEG',
    bytes: photo.length,
    found: {
      position: '30.59276, 114.30525',
      takenAt: '2026:11:02 08:30:00',
      device: 'Lantern P9 Specimen',
    },
  });
  expect(filesOf(portal)).toHaveLength(1);
  const needles = ['赵某某签字', 'Specimen', uploaded.uploadId, uploaded.sha256, 'Lantern'];
  expect(findInFolder(portal.context.config.dataDir, needles)).toEqual([]);
});

const TAKEN: [string, string | number[], string?][] = [
  ['PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['WEBP', 'RIFF\x00\x00\x00\x00WEBPVP8 '],
  ['HEIC', '\x00\x00\x00\x18ftypheic'],
  ['PDF', '%PDF-1.7\n'],
  ['MP3', 'ID3\x04\x00'],
  ['MP3', [0xff, 0xfb, 0x90, 0x44]],
  ['M4A', '\x00\x00\x00\x1cftypM4A '],
  ['AMR', '#!AMR\n'],
  ['WAV', 'RIFF\x00\x00\x00\x00WAVEfmt '],
  ['OGG', 'OggS\x00'],
  ['MP4', '\x00\x00\x00\x18ftypmp42'],
  ['3GP', '\x00\x00\x00\x18ftyp3gp4'],
  ['WEBM', '\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm'],
  ['DOCX', 'PK\x03\x04[Content_Types].xml', 'word/document.xml'],
  ['XLSX', 'PK\x03\x04[Content_Types].xml', 'xl/workbook.xml'],
];

test('the type is told by the content, whatever the name says', async () => {
  await using portal = await createPortal();
  const told: string[] = [];
  for (const [, start, end] of TAKEN) {
    told.push((await uploadFile(portal, makeFile(start, 6000, end), { name: '甲.exe' })).type);
  }
  expect(told).toEqual(TAKEN.map(([type]) => type));
});

const REFUSED: [string, string | number[], string?][] = [
  ['a program', 'MZ\x90\x00'],
  ['a page', '<!doctype html><script>'],
  ['a drawing that may hold a script', '<svg xmlns='],
  ['any archive', 'PK\x03\x04hello.txt', 'hello.txt'],
  [
    'a document with macros',
    'PK\x03\x04[Content_Types].xml',
    'word/document.xml word/vbaProject.bin',
  ],
  ['a film in a container that is not WebM', '\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska'],
];

test.each(REFUSED)(
  '%s is refused with its reason, and nothing of it stays',
  async (_, start, end) => {
    await using portal = await createPortal();
    const altcha = await portal.solveProof();
    const answer = await sendFile(portal, makeFile(start, 6000, end), { name: '甲.jpg', altcha });
    expect(answer.status).toBe(422);
    const { error } = (await answer.json()) as Failure;
    expect(error).toMatchObject({ code: 'file-refused', message: expect.stringContaining('类型') });
    expect(filesOf(portal)).toEqual([]);
    // The proof was not used up by it.
    expect((await sendFile(portal, makeRecording(), { altcha })).status).toBe(201);
  },
);

test('a file of 50 MB is taken and one a byte larger is refused', async () => {
  await using portal = await createPortal();
  const most = 50 * 1024 * 1024;
  expect((await sendFile(portal, makeRecording(most))).status).toBe(201);
  const answer = await sendFile(portal, makeRecording(most + 1));
  const { error } = (await answer.json()) as Failure;
  expect(error).toMatchObject({ code: 'file-refused', message: expect.stringContaining('50MB') });
  expect(filesOf(portal)).toHaveLength(1);
}, 120_000);

test('a slot costs a proof of its own, wherever it stands in the form', async () => {
  await using portal = await createPortal();
  const altcha = await portal.solveProof();
  expect((await sendFile(portal, makeRecording(), { proof: 'after', altcha })).status).toBe(201);
  const again = await sendFile(portal, makeRecording(), { altcha });
  expect(await codeOf(again)).toBe('proof-used');
  expect(await codeOf(await sendFile(portal, makeRecording(), { proof: 'none' }))).toBe(
    'proof-missing',
  );
  expect(await codeOf(await sendFile(portal, makeRecording(), { altcha: 'x' }))).toBe(
    'proof-invalid',
  );
  expect(filesOf(portal)).toHaveLength(1);
});

test('a request that is no form, or holds no file, is told so', async () => {
  await using portal = await createPortal();
  expect(await codeOf(await portal.call('/api/uploads', { json: {} }))).toBe('invalid-input');
  const empty = await sendFile(portal, new Uint8Array(0));
  expect(await codeOf(empty)).toBe('file-refused');
});

test('an upload that breaks off leaves nothing', async () => {
  await using portal = await createPortal();
  const head = Buffer.from(
    '--b\r\ncontent-disposition: form-data; name="file"; filename="a.amr"\r\n\r\n#!AMR\n',
  );
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(head),
    pull: (controller) => controller.error(new Error('gone')),
  });
  const headers = { 'content-type': 'multipart/form-data; boundary=b', origin: 'http://localhost' };
  const init = { method: 'POST', headers, body, duplex: 'half' };
  const answer = await portal.app.request('/api/uploads', init);
  expect(answer.status).toBe(422);
  expect(filesOf(portal)).toEqual([]);
});

test('a slot dies after a day and its file goes with it, while a file that was taken stays', async () => {
  await using portal = await createPortal();
  const kept = await uploadFile(portal, makeRecording());
  const lost = await uploadFile(portal, makeRecording());
  const filed = await sendComplaint(portal, { ...STALLING, evidence: [kept.uploadId] });
  expect(filed.status).toBe(201);
  portal.advance(26 * 3_600_000);
  await sweep(portal.context);
  expect(filesOf(portal)).toHaveLength(1);
  const late = await sendComplaint(portal, { ...STALLING, evidence: [lost.uploadId] });
  expect(await codeOf(late)).toBe('evidence-gone');
});

test('what an upload left half-written is gone after the sweep', async () => {
  await using portal = await createPortal();
  await uploadFile(portal, makeRecording());

  const folder = join(portal.context.config.dataDir, 'evidence');
  writeFileSync(join(folder, '11111111-1111-4111-8111-111111111111.age.part'), 'half');
  writeFileSync(join(folder, '22222222-2222-4222-8222-222222222222.age'), 'no row');
  await sweep(portal.context);
  expect(filesOf(portal)).toHaveLength(1);
});

test('a large file of a type that is not taken is refused, and the form comes to its end', async () => {
  await using portal = await createPortal();
  const answer = await sendFile(portal, makeFile('MZ', 8 * 1024 * 1024), { proof: 'after' });
  expect(await codeOf(answer)).toBe('file-refused');
});
