import { randomUUID } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { deleteBatchNames } from '#db/queries/batch-names.ts';
import {
  deleteSealedUpload,
  deleteWithheldReasons,
  insertSealedFile,
  moveBatch,
} from '#db/queries/batches.ts';
import type { Batch, SealedFile } from '#db/queries/batches.ts';
import { readFirstRowId } from '#db/queries/list-rows.ts';
import { findListBefore } from '#db/queries/list-comparison.ts';
import type { Calendars } from '#rules/calendar.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import type { StoredCheck } from '#rules/disclosure-review.ts';
import { isNotice } from '#rules/list-kinds.ts';
import { LIST_STATUSES, LIST_STEPS, isOpenTo } from '#rules/list-lifecycle.ts';
import type { Reader } from '#db/store.ts';
import { seal } from '#sealing/age.ts';
import { appendAudit } from './audit.ts';
import { keepBatchCounts } from './batch-counts.ts';
import { loadCalendars } from './calendars.ts';
import { findBatch, requirePostAt } from './list-access.ts';
import { readListKeys } from './list-keys.ts';
import { requireExitReasons } from './list-exits.ts';
import { enterConfirmed } from './protected-households.ts';
import { askAboutProtection } from './protection-review.ts';
import { publishSoon } from './publish-in-background.ts';
import { planTerm } from './notice-terms.ts';

const OTHER_READING = '这份名单刚刚重新读取过，看过新的内容后再审查。';
const UNANSWERED = '不公开的家庭有疑问，核对后勾选才能通过。';
const OTHER_LIST = '对比的名单刚刚换过，看过新的变动后再审查。';

export type BatchDecision = {
  decision: 'approve' | 'reject';
  /** What the reviewer declares to have looked at; an approval needs all of it. */
  checks: readonly StoredCheck[];
  /** Id of the list that the reviewer saw this one compared with, null for none; absent: not said. */
  comparedWith?: string | null | undefined;
  /** The reading of the file that the reviewer saw; absent: not said. */
  reading?: string | undefined;
  /** For the uploader; sealed to the two bodies. */
  note?: string | undefined;
};

/**
 * Approves or rejects a list, at the body that reviews it and never by the person who uploaded it. The
 * sealed spreadsheet, and why the file withheld a household, are destroyed with the decision; of a
 * rejected list the full names go too. An approved list keeps its counts, a notice gets its term; what it
 * withholds is in the register from then on. Throws `invalid-input` (a question without an answer),
 * `own-approval`, `exits-without-reason`, `not-found`, and `state-changed`, also where another list was
 * approved meanwhile or the file read again, and what the reviewer saw is no longer what changes.
 */
export async function decideBatch(
  context: Context,
  actor: Actor,
  id: string,
  { decision, checks, comparedWith, reading, note }: BatchDecision,
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
  const approval =
    decision === 'approve' ? planApproval(batch, checks, now, await loadCalendars(db)) : null;
  const isOnSite = await db.transaction(async (tx) => {
    const change = { status: to, decidedBy: actor.personId, decidedOn: onDate };
    const before = approval && (await findListBefore(tx, batch));
    if (!(await moveBatch(tx, id, from, { ...change, ...approval }))) {
      throw new CodedError('state-changed');
    }
    if (approval) {
      if (reading !== undefined && reading !== (await readFirstRowId(tx, id))) {
        throw new CodedError('state-changed', {}, OTHER_READING);
      }
      if (comparedWith !== undefined && comparedWith !== (before?.id ?? null)) {
        throw new CodedError('state-changed', {}, OTHER_LIST);
      }
      if (before) await requireExitReasons(tx, batch, before);
      await requireAnswers(tx, batch, before, checks);
      if (!isNotice(batch.kind)) await keepBatchCounts(tx, batch, before);
    }
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
      fields: { ...approval, comparedWith: before?.id ?? null, note: note ?? null },
    });
    return approval !== null && (await enterConfirmed(tx, context, batch, actor.personId));
  });
  if (isOnSite) void publishSoon(context, actor.personId);
}

/** Throws `invalid-input` where the list raises a question about protection that was not answered. */
async function requireAnswers(
  db: Reader,
  batch: Batch,
  before: Batch | null,
  checks: readonly StoredCheck[],
): Promise<void> {
  const asked = await askAboutProtection(db, batch, before);
  if (asked.every(({ check }) => checks.includes(check))) return;
  throw new CodedError('invalid-input', { disclosureChecks: UNANSWERED });
}

/** What an approval writes: what was declared, and of a notice when it stands on the site. */
function planApproval(
  batch: Batch,
  checks: readonly StoredCheck[],
  now: number,
  calendars: Calendars,
) {
  const disclosureChecks = checks.join(' ');
  const term = planTerm(batch, now, calendars);
  return term
    ? { disclosureChecks, startsAt: term.startsAt, endsAt: term.endsAt }
    : { disclosureChecks };
}

async function sealNote(
  { db }: Context,
  batch: Batch,
  note: string,
  createdOn: string,
): Promise<SealedFile> {
  const { recipients, keyIds } = await readListKeys(db, batch);
  return {
    id: randomUUID(),
    batchId: batch.id,
    kind: 'note',
    placeCode: null,
    keyIds,
    sealed: await seal(recipients, note),
    createdOn,
  };
}
