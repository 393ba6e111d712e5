import type { Context } from '#api/context.ts';
import { deleteSealedUpload, listBatchesWithUploadBefore } from '#db/queries/batches.ts';
import { addDays, civilDateOf } from '#rules/civil-date.ts';
import { appendAudit } from './audit.ts';

/** Days a spreadsheet may wait for a decision. */
const UPLOAD_DAYS = 30;

/** Destroys sealed spreadsheets that nobody decided about in time; answers how many lists had one. */
export async function destroyOldUploads({ db, secrets, now }: Context): Promise<number> {
  const instant = now();
  const before = addDays(civilDateOf(instant), -UPLOAD_DAYS);
  const batchIds = await listBatchesWithUploadBefore(db, before);
  for (const id of batchIds) {
    await db.transaction(async (tx) => {
      if ((await deleteSealedUpload(tx, id)) === 0) return;
      await appendAudit(tx, secrets, instant, {
        action: 'batch.upload-expired',
        subjectKind: 'batch',
        subjectId: id,
      });
    });
  }
  return batchIds.length;
}
