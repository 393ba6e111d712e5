import type { Actor } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readBatch } from '#db/queries/batches.ts';
import { listBoards, upsertPostings } from '#db/queries/boards.ts';
import { civilDateOf, formatDate, isDate } from '#rules/civil-date.ts';
import { appendAudit } from './audit.ts';
import { readBoardPlaces } from './board-access.ts';
import { postsWith } from './list-access.ts';
import { listBoardBatches } from './board-batches.ts';
import type { BoardContext, BoardBatch } from './board-batches.ts';

export type PostingInput = {
  postedOn: string;
  boards: { batchId: string; placeCode: string }[];
};

/**
 * Records that boards show their sheets, as somebody who saw them says; a board confirmed before gets the
 * new date. One audit entry for each batch. Throws `not-found` where a board is not among the actor's.
 */
export async function confirmBoards(
  context: BoardContext,
  actor: Actor,
  { postedOn, boards }: PostingInput,
): Promise<void> {
  const { db, secrets } = context;
  const now = context.now();
  const recordedOn = civilDateOf(now);
  const places = await readBoardPlaces(db, actor);
  const asked = Map.groupBy(boards, (board) => board.batchId);
  const standing = (await listBoardBatches(context)).filter(({ id }) => asked.has(id));
  const known = new Set((await listBoards(db, standing)).map(keyOf));
  if (!boards.every((board) => known.has(keyOf(board)) && places.has(board.placeCode))) {
    throw new CodedError('not-found');
  }
  checkDate(postedOn, recordedOn, standing);
  const [post] = postsWith(actor, ['boards.manage']);
  await db.transaction(async (tx) => {
    for (const [batchId, ofBatch] of asked) {
      const batch = await readBatch(tx, batchId);
      if (batch?.status !== 'approved') throw new CodedError('state-changed');
      const placeCodes = [...new Set(ofBatch.map((board) => board.placeCode))].sort();
      const common = { batchId, postedOn, recordedOn, byPersonId: actor.personId };
      await upsertPostings(
        tx,
        placeCodes.map((placeCode) => ({ ...common, placeCode })),
      );
      await appendAudit(tx, secrets, now, {
        action: 'board.post',
        subjectKind: 'batch',
        subjectId: batchId,
        personId: actor.personId,
        bodyCode: post?.bodyCode ?? null,
        fields: { postedOn, placeCodes },
      });
    }
  });
}

function checkDate(postedOn: string, today: string, batches: BoardBatch[]): void {
  const earliest = batches.map((batch) => batch.approvedOn).reduce((a, b) => (a > b ? a : b), '');
  const problem = !isDate(postedOn)
    ? '填写张贴的日期，例如2026-11-20。'
    : postedOn > today
      ? '张贴日期不能晚于今天。'
      : postedOn < earliest
        ? `张贴日期不能早于名单通过审查的${formatDate(earliest)}。`
        : null;
  if (problem) throw new CodedError('invalid-input', { postedOn: problem });
}

function keyOf({ batchId, placeCode }: { batchId: string; placeCode: string }): string {
  return `${batchId} ${placeCode}`;
}
