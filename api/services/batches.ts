import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readBody } from '#db/queries/bodies.ts';
import { listAlike } from '#db/queries/batch-content.ts';
import type { StoredContent } from '#db/queries/batch-content.ts';
import { insertBatch } from '#db/queries/batches.ts';
import type { Batch, BatchProblem } from '#db/queries/batches.ts';
import { listRowsOf } from '#db/queries/list-rows.ts';
import type { StoredRow } from '#db/queries/list-rows.ts';
import type { Tx } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { isNotice } from '#rules/list-kinds.ts';
import type { ListKind } from '#rules/list-kinds.ts';
import { refusePeriod } from '#rules/list-period.ts';
import { planNotice, refuseNoticeDate } from '#rules/notice-plan.ts';
import type { StatedNotice } from '#rules/notice-plan.ts';
import type { AidType } from '#rules/vocabulary.ts';
import { appendAudit } from './audit.ts';
import { prepareContent, storeContent } from './batch-intake.ts';
import { postsWith, requirePostAt } from './list-access.ts';
import { readListKeys } from './list-keys.ts';
import { parseUpload } from './list-parsing.ts';
import { listReviewBodies } from './review-bodies.ts';
import { publishSoon } from './publish-in-background.ts';
import { sealUpload } from './sealed-upload.ts';
import type { Upload } from './sealed-upload.ts';
import { loadSettings, readNoticeDefaults } from './settings.ts';

export type BatchUpload = {
  /** The publishing body; absent: that of the actor's first post as publisher. */
  bodyCode?: string | undefined;
  reviewBodyCode: string;
  aidType: AidType;
  /** `YYYY-MM`. */
  period: string;
  kind: ListKind;
} & Upload &
  StatedNotice;

/**
 * Takes a list in: read, checked and masked in memory; the file and the full names sealed to the
 * publishing and the reviewing body; one transaction. Throws `file-refused` with the one sentence that
 * says what to do, and then nothing is stored.
 */
export async function uploadBatch(context: Context, actor: Actor, input: BatchUpload) {
  const { db, secrets } = context;
  const now = context.now();
  const post = requirePostAt(actor, 'import.upload', input.bodyCode);
  const { bodyCode } = post;
  const allowed = await listReviewBodies(db, bodyCode);
  if (!allowed.some((body) => body.code === input.reviewBodyCode)) {
    throw new CodedError('invalid-input', { reviewBodyCode: '选择负责审查的单位。' });
  }
  const refusal = refusePeriod(input.period, civilDateOf(now));
  if (refusal) throw new CodedError('invalid-input', { period: refusal });
  const notice = await readNotice(context, input, now);
  const parsed = await parseUpload(db, bodyCode, input, now);
  const { households, persons, amountCents } = parsed;
  const batch: Batch = {
    id: randomUUID(),
    bodyCode,
    reviewBodyCode: input.reviewBodyCode,
    aidType: input.aidType,
    period: input.period,
    status: 'review',
    uploadedBy: actor.personId,
    uploadedOn: civilDateOf(now),
    decidedBy: null,
    decidedOn: null,
    households,
    persons,
    amountCents,
    salt: randomBytes(16).toString('hex'),
    kind: input.kind,
    noticeDays: notice?.days ?? null,
    noticeUnit: notice?.unit ?? null,
    noticeFrom: notice?.from ?? null,
    startsAt: null,
    endsAt: null,
    disclosureChecks: '',
  };
  const keys = await readListKeys(db, batch);
  const uploads = await sealUpload(keys, batch.id, batch.uploadedOn, input);
  const content = await prepareContent(context, batch, parsed, keys);
  const isOnSite = await db.transaction(async (tx) => {
    if (await waitsAlready(tx, batch, content)) throw new CodedError('already-uploaded');
    await insertBatch(tx, batch, uploads);
    const hasLost = await storeContent(tx, context, actor, batch.id, content);
    await appendAudit(tx, secrets, now, {
      action: 'batch.upload',
      subjectKind: 'batch',
      subjectId: batch.id,
      personId: actor.personId,
      bodyCode,
      fields: { ...batch, salt: null },
    });
    return hasLost;
  });
  if (isOnSite) void publishSoon(context, actor.personId);
  const { rejected, warnings } = countProblems(content);
  return { id: batch.id, households, persons, amountCents, rejected, warnings };
}

/** How many lines the importer, and the portal's other lists, have something to say about. */
export function countProblems({ problems }: Pick<StoredContent, 'problems'>) {
  const ofKind = (kind: BatchProblem['kind']) =>
    problems.filter((problem) => problem.kind === kind).length;
  return { rejected: ofKind('rejected'), warnings: ofKind('warning') };
}

/** Whether this very list waits for its review: a form that was sent twice must not make two of it. */
async function waitsAlready(tx: Tx, batch: Batch, content: StoredContent): Promise<boolean> {
  const own = fingerprint(content.rows);
  for (const other of await listAlike(tx, batch)) {
    const terms = (['noticeDays', 'noticeUnit', 'noticeFrom'] as const).every(
      (term) => other[term] === batch[term],
    );
    if (terms && fingerprint(await listRowsOf(tx, other.id)) === own) return true;
  }
  return false;
}

/** What a line says, without what chance or the register adds to it. */
function fingerprint(rows: StoredRow[]): string {
  return JSON.stringify(
    rows.map(({ line, sheet, placeCode, members, amountCents, since, idMac }) => [
      line,
      sheet,
      placeCode,
      members,
      amountCents,
      since,
      idMac,
    ]),
  );
}

/** How a notice is to run; null for a long-term list. */
async function readNotice({ db }: Context, input: BatchUpload, now: number) {
  const refusal = isNotice(input.kind) && refuseNoticeDate(input.noticeDate, civilDateOf(now));
  if (refusal) throw new CodedError('invalid-input', { noticeDate: refusal });
  return planNotice(input.kind, input, readNoticeDefaults(await loadSettings(db)));
}

/**
 * The bodies the actor may upload for, each with those that may review, the highest last; and how long
 * notices run unless the upload says otherwise.
 */
export async function listUploadOptions({ db }: Context, actor: Actor) {
  const codes = new Set(postsWith(actor, ['import.upload']).map((post) => post.bodyCode));
  if (codes.size === 0) throw new CodedError('not-allowed');
  const bodies = await Promise.all(
    [...codes].map(async (code) => {
      const reviewers = await listReviewBodies(db, code);
      const body = await readBody(db, code);
      return {
        code,
        name: body?.name ?? code,
        reviewBodies: reviewers.map((each) => ({ code: each.code, name: each.name })),
      };
    }),
  );
  return { bodies, notice: readNoticeDefaults(await loadSettings(db)) };
}
