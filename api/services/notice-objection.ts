import { CodedError } from '#api/errors.ts';
import { readBatch } from '#db/queries/batches.ts';
import { findNoticeRow } from '#db/queries/household-holds.ts';
import type { Reader } from '#db/store.ts';
import type { ComplaintInput } from '#rules/complaint.ts';
import { isNotice } from '#rules/list-kinds.ts';
import type { PetitionClass } from '#rules/vocabulary.ts';

type Objection = Pick<ComplaintInput, 'class' | 'noticeId' | 'noticeRow' | 'placeCode'>;

/**
 * What an objection is filed as: one to a notice that has ended meanwhile is a report like any other. Throws
 * `invalid-input` for a notice that never began, and for a number that no household of the village ever
 * had; whether one is still shown makes no difference.
 */
export async function classOfObjection(
  db: Reader,
  now: number,
  { class: given, noticeId, noticeRow, placeCode }: Objection,
): Promise<PetitionClass> {
  if (given !== 'NOTICE_OBJ' || !noticeId) return given;
  const batch = await readBatch(db, noticeId);
  const hasBegun = batch && isNotice(batch.kind) && (batch.startsAt ?? Infinity) <= now;
  if (!hasBegun) {
    throw new CodedError('invalid-input', { noticeId: '没有这份公示，从公示页面进入，再提出异议' });
  }
  if (noticeRow !== undefined) {
    const row = await findNoticeRow(db, { batchId: batch.id, placeCode, no: noticeRow });
    if (!row) throw new CodedError('invalid-input', { noticeRow: '按公示页上的序号填写' });
  }
  const isRunning = batch.status === 'approved' && (batch.endsAt ?? 0) > now;
  return isRunning ? given : 'REPORT';
}
