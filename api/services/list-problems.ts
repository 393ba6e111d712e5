import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBatchProblems } from '#db/queries/batches.ts';
import type { BatchProblem } from '#db/queries/batches.ts';
import { listSealedOf } from '#db/queries/sealed-files.ts';
import { PROBLEM_KINDS, describeReason } from '#rules/import-reasons.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { SpreadsheetError } from '#spreadsheets/errors.ts';
import { markProblems } from '#spreadsheets/mark-problems.ts';
import { appendAudit } from './audit.ts';
import { findBatch } from './list-access.ts';
import { maySetExits } from './list-exits.ts';
import { openUpload } from './sealed-upload.ts';
import { requireWork } from './village-spellings.ts';

/** Problems of a kind that are sent at once: of all kinds, and of one that was asked for. */
const LIMITS = { each: 20, one: 500 };

export type ProblemKind = BatchProblem['kind'];
export type ProblemFile = BatchProblem['file'];

/** What the importer and the portal's other lists say of the file, by kind; the first lines of each. */
export async function readProblems(
  context: Context,
  actor: Actor,
  batchId: string,
  only: ProblemKind | undefined,
) {
  const { db } = context;
  const batch = await findBatch(context, actor, batchId);
  const problems = await listBatchProblems(db, batchId);
  const uploads = await listSealedOf(db, batchId, 'upload-index');
  const isOpen = maySetExits(actor, batch) && uploads.length > 0;
  const withProblems = new Set(problems.map((problem) => problem.file));
  return {
    groups: codesOf(PROBLEM_KINDS).map((kind) => {
      const found = problems.filter((problem) => problem.kind === kind);
      const limit = only ? LIMITS.one : LIMITS.each;
      const shown = only === undefined || only === kind ? found.slice(0, limit) : [];
      return {
        kind,
        total: found.length,
        items: shown.map(({ seq, file, sheet, line, column, reason }) => {
          return { seq, file, sheet, line, column, words: describeReason(reason) };
        }),
      };
    }),
    /** Files that can be had with their problems marked. */
    files: isOpen ? [...withProblems] : [],
  };
}

/**
 * An uploaded file with its problems marked in place, opened in the session of one of the two bodies;
 * each is logged. Throws `not-allowed`, `state-changed`, `upload-gone`.
 */
export async function markUpload(
  context: Context,
  actor: Actor,
  batchId: string,
  which: ProblemFile,
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  const { db, secrets } = context;
  const batch = await findBatch(context, actor, batchId);
  requireWork(actor, batch);
  const upload = await openUpload(db, actor, batchId);
  const source = which === 'persons' ? upload.persons : upload.file;
  if (!source) throw new CodedError('upload-gone');
  const problems = (await listBatchProblems(db, batchId))
    .filter(({ file }) => file === which)
    .map(({ kind, sheet, line, column, reason }) => {
      return { kind, sheet, line, column, words: describeReason(reason) };
    });
  const bytes = await mark(source, problems);
  await db.transaction(async (tx) => {
    await appendAudit(tx, secrets, context.now(), {
      action: 'batch.download-problems',
      subjectKind: 'batch',
      subjectId: batchId,
      personId: actor.personId,
      bodyCode: batch.bodyCode,
      fields: { file: which },
    });
  });
  return { name: `${batch.period}${which === 'persons' ? '人员表' : '名单'}问题.xlsx`, bytes };
}

async function mark(...given: Parameters<typeof markProblems>) {
  try {
    return new Uint8Array(await markProblems(...given));
  } catch (error) {
    if (error instanceof SpreadsheetError) throw new CodedError('file-refused', {}, error.message);
    throw error;
  }
}
