import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { updateTotals } from '#db/queries/batch-content.ts';
import type { AidType } from '#rules/vocabulary.ts';
import { appendAudit } from './audit.ts';
import { prepareContent, storeContent } from './batch-intake.ts';
import { countProblems } from './batches.ts';
import { findBatch } from './list-access.ts';
import { readListKeys } from './list-keys.ts';
import { parseUpload } from './list-parsing.ts';
import { publishSoon } from './publish-in-background.ts';
import { openUpload } from './sealed-upload.ts';
import { requireWork } from './village-spellings.ts';

/**
 * Reads the sealed file of a waiting list anew, by the spellings confirmed since, and puts what it says in
 * place of what was read before; whoever uploaded it stays its uploader. Throws `not-allowed`,
 * `state-changed`, `upload-gone`.
 */
export async function rereadBatch(context: Context, actor: Actor, id: string) {
  const { db, secrets } = context;
  const now = context.now();
  const batch = await findBatch(context, actor, id);
  requireWork(actor, batch);
  const upload = await openUpload(db, actor, id);
  const { bodyCode, kind, period } = batch;
  const aidType = batch.aidType as AidType;
  const parsed = await parseUpload(db, bodyCode, { ...upload, kind, aidType, period }, now);
  const { households, persons, amountCents } = parsed;
  const totals = { households, persons, amountCents };
  const keys = await readListKeys(db, batch);
  const content = await prepareContent(context, batch, parsed, keys);
  const isOnSite = await db.transaction(async (tx) => {
    if (!(await updateTotals(tx, id, totals))) throw new CodedError('state-changed');
    const hasLost = await storeContent(tx, context, actor, id, content);
    await appendAudit(tx, secrets, now, {
      action: 'batch.reread',
      subjectKind: 'batch',
      subjectId: id,
      personId: actor.personId,
      bodyCode,
      fields: totals,
    });
    return hasLost;
  });
  if (isOnSite) void publishSoon(context, actor.personId);
  return { id, ...totals, ...countProblems(content) };
}
