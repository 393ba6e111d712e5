import { randomUUID } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { deleteBatchNames } from '#db/queries/batch-names.ts';
import {
  deleteSealedUpload,
  deleteWithheldReasons,
  insertSealedFile,
  moveBatch,
  readBatch,
} from '#db/queries/batches.ts';
import type { Batch, SealedFile } from '#db/queries/batches.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { LIST_STATUSES, LIST_STEPS, isOpenTo } from '#rules/list-lifecycle.ts';
import { seal } from '#sealing/age.ts';
import { appendAudit } from './audit.ts';
import { bodyRecipient } from './keyring.ts';
import { maySeeBatch, requirePostAt } from './list-access.ts';

export type BatchDecision = {
  decision: 'approve' | 'reject';
  /** The reviewer has looked at what becomes public, as 政府信息公开条例 art. 17 asks. */
  disclosureReview?: boolean | undefined;
  /** For the uploader; sealed to the two bodies. */
  note?: string | undefined;
};

/**
 * Approves or rejects a list, at the body that reviews it and never by the person who uploaded it. The
 * sealed spreadsheet, and why the file withheld a household, are destroyed with the decision; of a
 * rejected list the full names go too. Throws `own-approval`, `state-changed`, `not-found`.
 */
export async function decideBatch(
  context: Context,
  actor: Actor,
  id: string,
  { decision, disclosureReview = false, note }: BatchDecision,
): Promise<void> {
  const { db, secrets } = context;
  const now = context.now();
  const batch = await findBatch(context, actor, id);
  requirePostAt(actor, 'import.review', batch.reviewBodyCode);
  if (batch.uploadedBy === actor.personId) throw new CodedError('own-approval');
  if (!isOpenTo(decision, batch.status)) throw new CodedError('state-changed');
  const onDate = civilDateOf(now);
  const sealedNote = note ? await sealNote(context, batch, note, onDate) : null;
  const { from, to } = LIST_STEPS[decision];
  await db.transaction(async (tx) => {
    const change = { status: to, decidedBy: actor.personId, decidedOn: onDate };
    if (!(await moveBatch(tx, id, from, change))) throw new CodedError('state-changed');
    await deleteSealedUpload(tx, id);
    await deleteWithheldReasons(tx, id);
    if (!LIST_STATUSES[to].keepsNames) await deleteBatchNames(tx, id);
    if (sealedNote) await insertSealedFile(tx, sealedNote);
    await appendAudit(tx, secrets, now, {
      action: `batch.${decision}`,
      subjectKind: 'batch',
      subjectId: id,
      personId: actor.personId,
      bodyCode: batch.reviewBodyCode,
      fields: { disclosureReview, note: note ?? null },
    });
  });
}

/** A list the actor may know of; any other is the same 404 as one that does not exist. */
export async function findBatch(context: Context, actor: Actor, id: string): Promise<Batch> {
  const batch = await readBatch(context.db, id);
  if (!batch || !maySeeBatch(actor, batch)) throw new CodedError('not-found');
  return batch;
}

async function sealNote(
  { db }: Context,
  batch: Batch,
  note: string,
  createdOn: string,
): Promise<SealedFile> {
  const codes = [...new Set([batch.bodyCode, batch.reviewBodyCode])];
  const keys = await Promise.all(codes.map((code) => bodyRecipient(db, code)));
  return {
    id: randomUUID(),
    batchId: batch.id,
    kind: 'note',
    placeCode: null,
    keyIds: keys.map((key) => key.keyId).join(' '),
    sealed: await seal(
      keys.map((key) => key.recipient),
      note,
    ),
    createdOn,
  };
}
