import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deleteSealedParts } from '#db/queries/erasures.ts';
import { findLeadByReference } from '#db/queries/leads.ts';
import { createBackup } from '#services/backup.ts';
import { sweepEvidence } from '#services/evidence-sweep.ts';
import { restoreBackup } from '#services/restore.ts';
import { verifyEvidence } from '#services/verify-evidence.ts';
import { STALLING } from '#support/complaints.ts';
import { makeRecording, makeSound, uploadFile } from '#support/evidence.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { fileLead } from '#support/leads.ts';

async function fileWithRecording(portal: FreshPortal, bytes?: number) {
  const { uploadId } = await uploadFile(portal, makeRecording(bytes));
  return fileLead(portal, { ...STALLING, evidence: [uploadId] });
}

test('a backup has the files, a restore brings them back whole, and a changed one is found', async () => {
  await using portal = await createPortal();
  const { config } = portal.context;
  await fileWithRecording(portal, 200_000);
  await uploadFile(portal, makeRecording());
  const file = join(portal.root, 'backup.tar.gz');
  await createBackup({ ...portal.context, now: 0 }, file);
  const dataDir = join(portal.root, 'restored');
  await restoreBackup(file, dataDir);
  const names = (dir: string) => readdirSync(join(dir, 'evidence'));
  expect(new Set(names(dataDir))).toEqual(new Set(names(config.dataDir)));
  const { db } = portal.context;
  expect(await verifyEvidence(db, dataDir)).toBe(2);
  writeFileSync(join(dataDir, 'evidence', names(dataDir)[0] ?? ''), 'changed');
  await expect(verifyEvidence(db, dataDir)).rejects.toThrow(/was changed/);
});

test('what is erased takes its files along at the next sweep', async () => {
  await using portal = await createPortal();
  const { reference } = await fileWithRecording(portal);
  const { db } = portal.context;
  const found = await findLeadByReference(db, reference);
  await db.transaction((tx) => deleteSealedParts(tx, found?.id ?? ''));
  await sweepEvidence(portal.context);
  expect(readdirSync(join(portal.context.config.dataDir, 'evidence'))).toEqual([]);
});

test('a recording is heard in parts, which are one entry in the log', async () => {
  await using portal = await createPortal();
  const sound = makeSound(20);
  const { uploadId } = await uploadFile(portal, new Uint8Array(sound), { name: '录音.wav' });
  const { reference } = await fileLead(portal, { ...STALLING, evidence: [uploadId] });
  const cookie = await portal.signIn('triage');
  const path = `/api/staff/leads/${reference}/evidence/1/copy`;
  const ask = async (range: string) => portal.app.request(path, { headers: { cookie, range } });
  const parts = [
    [0, 99],
    [70_000, 140_000],
    [sound.length - 5, sound.length - 1],
  ] as const;
  for (const [from, to] of parts) {
    const answer = await ask(`bytes=${from}-${to}`);
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes ${from}-${to}/${sound.length}`);
    const part = Buffer.from(await answer.arrayBuffer());
    expect(part.equals(sound.subarray(from, to + 1))).toBe(true);
  }
  expect((await ask(`bytes=${sound.length}-`)).status).toBe(416);
  const countViews = async () => {
    const { db } = portal.context;
    const entries = await db.select().from(db.t.auditEntry);
    return entries.filter(({ action }) => action === 'lead.view-evidence').length;
  };
  expect(await countViews()).toBe(1);
  expect((await portal.app.request(path, { headers: { cookie } })).status).toBe(200);
  expect(await countViews()).toBe(2);
});

test('a file that is gone or broken is said to be so', async () => {
  await using portal = await createPortal();
  const { reference } = await fileWithRecording(portal);
  const cookie = await portal.signIn('triage');
  const folder = join(portal.context.config.dataDir, 'evidence');
  const [name = ''] = readdirSync(folder);
  const open = async () => portal.call(`/api/staff/leads/${reference}/evidence/1`, { cookie });
  writeFileSync(join(folder, name), 'changed');
  expect(await (await open()).json()).toMatchObject({ error: { code: 'evidence-lost' } });
  rmSync(join(folder, name));
  const gone = await open();
  expect(gone.status).toBe(404);
  expect(await gone.json()).toMatchObject({ error: { code: 'evidence-lost' } });
});
