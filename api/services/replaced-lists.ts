import type { Context } from '#api/context.ts';
import { forgetBatch, listRememberedBatches } from '#db/queries/batch-names.ts';
import { listNewestBatches } from '#db/queries/batches.ts';
import { listOpenNotices } from '#db/queries/notices.ts';
import { listBatchesUnderReview } from '#db/queries/take-downs.ts';
import { appendAudit } from './audit.ts';

/**
 * Destroys what a list or notice needs only while it is on the site: the sealed full names (for the board
 * and for corrections), their hashes (for the leak gate) and the salt of its own hash. Kept are `onSite`,
 * what was just published, whatever was approved since or has yet to begin, and lists that a second person
 * may put back; answers how many others were forgotten.
 */
export async function forgetReplacedLists(
  { db, secrets, now }: Pick<Context, 'db' | 'secrets' | 'now'>,
  onSite: readonly string[],
): Promise<number> {
  const next = (await listNewestBatches(db)).map((batch) => batch.id);
  const open = [...(await listOpenNotices(db, now())), ...(await listBatchesUnderReview(db))];
  const kept = new Set([...onSite, ...next, ...open]);
  const gone = (await listRememberedBatches(db)).filter((id) => !kept.has(id));
  for (const id of gone) {
    await db.transaction(async (tx) => {
      if (!(await forgetBatch(tx, id))) return;
      await appendAudit(tx, secrets, now(), {
        action: 'batch.forget-names',
        subjectKind: 'batch',
        subjectId: id,
      });
    });
  }
  return gone.length;
}
