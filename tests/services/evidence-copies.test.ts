import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deleteSealedParts } from '#db/queries/erasures.ts';
import { findLeadByReference } from '#db/queries/leads.ts';
import { createBackup } from '#services/backup.ts';
import { sweepEvidence } from '#services/evidence-sweep.ts';
import { restoreBackup } from '#services/restore.ts';
import { verifyEvidence } from '#services/verify-evidence.ts';
import { STALLING } from '#support/complaints.ts';
import { makeRecording, uploadFile } from '#support/evidence.ts';
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
