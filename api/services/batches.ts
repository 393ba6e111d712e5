import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readBody } from '#db/queries/bodies.ts';
import { insertBatch } from '#db/queries/batches.ts';
import type { Batch } from '#db/queries/batches.ts';
import { insertListRows } from '#db/queries/list-rows.ts';
import type { StoredRow } from '#db/queries/list-rows.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { isNotice } from '#rules/list-kinds.ts';
import type { ListKind } from '#rules/list-kinds.ts';
import { planNotice, refuseNoticeDate } from '#rules/notice-plan.ts';
import type { StatedNotice } from '#rules/notice-plan.ts';
import type { AidType } from '#rules/vocabulary.ts';
import { appendAudit } from './audit.ts';
import { hashNames, listProblems, sealBatch, storeRows } from './batch-content.ts';
import { bodyRecipient } from './keyring.ts';
import { postsWith, requirePostAt } from './list-access.ts';
import { parseUpload } from './list-parsing.ts';
import { applyProtection } from './protected-households.ts';
import { listReviewBodies } from './review-bodies.ts';
import { loadSettings, readNoticeDefaults } from './settings.ts';

/** One part of the upload; the name the file had is used for reading it and not kept. */
type UploadedFile = { name: string; bytes: Buffer };

export type BatchUpload = {
  /** The publishing body; absent: that of the actor's first post as publisher. */
  bodyCode?: string | undefined;
  reviewBodyCode: string;
  aidType: AidType;
  /** `YYYY-MM`. */
  period: string;
  kind: ListKind;
  file: UploadedFile;
  persons: UploadedFile | null;
} & StatedNotice;

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
  const notice = await readNotice(context, input, now);
  const parsed = await parseUpload(db, bodyCode, input, now);

  const id = randomUUID();
  const onDate = civilDateOf(now);
  const stored = storeRows(secrets, id, parsed.rows);
  const codes = [...new Set([bodyCode, input.reviewBodyCode])];
  const keys = await Promise.all(codes.map((code) => bodyRecipient(db, code)));
  const pairs = stored.map((row, at) => ({ parsed: parsed.rows[at], stored: row }));
  const files = await sealBatch(
    keys,
    id,
    onDate,
    [input.file, input.persons].flatMap((file) => (file ? [file.bytes] : [])),
    pairs.flatMap(({ parsed: row, stored: own }) => (row ? [{ parsed: row, stored: own }] : [])),
  );
  const batch: Batch = {
    id,
    bodyCode,
    reviewBodyCode: input.reviewBodyCode,
    aidType: input.aidType,
    period: input.period,
    status: 'review',
    uploadedBy: actor.personId,
    uploadedOn: onDate,
    decidedBy: null,
    decidedOn: null,
    households: parsed.households,
    persons: parsed.persons,
    amountCents: parsed.amountCents,
    salt: randomBytes(16).toString('hex'),
    kind: input.kind,
    noticeDays: notice?.days ?? null,
    noticeUnit: notice?.unit ?? null,
    noticeFrom: notice?.from ?? null,
    startsAt: null,
    endsAt: null,
    disclosureChecks: '',
  };
  const problems = listProblems(id, parsed);
  const names = hashNames(secrets, id, parsed.rows);

  await db.transaction(async (tx) => {
    const rows = await applyProtection(tx, stored, actor.personId, onDate);
    await insertBatch(tx, {
      batch,
      problems: [...problems, ...noteRegistered(rows, stored, problems.length)],
      files,
      names,
    });
    await insertListRows(tx, rows);
    await appendAudit(tx, secrets, now, {
      action: 'batch.upload',
      subjectKind: 'batch',
      subjectId: id,
      personId: actor.personId,
      bodyCode,
      fields: { ...batch, salt: null },
    });
  });
  return {
    id,
    households: parsed.households,
    persons: parsed.persons,
    amountCents: parsed.amountCents,
    rejected: parsed.rejected.length,
    warnings: parsed.warnings.length,
  };
}

/** How a notice is to run; null for a long-term list. */
async function readNotice({ db }: Context, input: BatchUpload, now: number) {
  const refusal = isNotice(input.kind) && refuseNoticeDate(input.noticeDate, civilDateOf(now));
  if (refusal) throw new CodedError('invalid-input', { noticeDate: refusal });
  return planNotice(input.kind, input, readNoticeDefaults(await loadSettings(db)));
}

/** Lines that the file would show and the register does not. */
function noteRegistered(rows: StoredRow[], before: StoredRow[], after: number) {
  return rows
    .filter((row, at) => row.visibility !== before[at]?.visibility)
    .map((row, at) => ({
      batchId: row.batchId,
      seq: after + at + 1,
      kind: 'withheld' as const,
      file: 'households' as const,
      sheet: row.sheet,
      line: row.line,
      column: null,
      reason: 'registered',
    }));
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
