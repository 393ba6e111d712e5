import type { Kit } from '#db/kit.ts';
import type { CorrectionKind, CorrectionReason } from '#rules/corrections.ts';

/** What keeps the published site right: take-downs, corrections, second looks, boards, timed jobs. */
export function defineSiteCare(k: Kit) {
  /** Something taken off at once, until a second person has looked at it. */
  const takeDown = k.table(
    'take_down',
    {
      id: k.text('id').primaryKey(),
      kind: k.text('kind').$type<'row' | 'list'>().notNull(),
      /** Id of the row or of the batch. */
      subjectId: k.text('subject_id').notNull(),
      batchId: k.text('batch_id').notNull(),
      placeCode: k.text('place_code'),
      reason: k.text('reason').notNull(),
      byPersonId: k.text('by_person_id').notNull(),
      onDate: k.text('on_date').notNull(),
      status: k.text('status').$type<'pending' | 'confirmed' | 'reversed'>().notNull(),
      reviewedBy: k.text('reviewed_by'),
      reviewedOn: k.text('reviewed_on'),
    },
    (t) => [k.index('take_down_status').on(t.status)],
  );

  /** What the corrections page says: by township, never by household. */
  const correction = k.table(
    'correction',
    {
      id: k.text('id').primaryKey(),
      onDate: k.text('on_date').notNull(),
      /** A township, or the county where the list has none. */
      placeCode: k.text('place_code').notNull(),
      aidType: k.text('aid_type').notNull(),
      period: k.text('period').notNull(),
      kind: k.text('kind').$type<CorrectionKind>().notNull(),
      reason: k.text('reason').$type<CorrectionReason>().notNull(),
      households: k.integer('households').notNull(),
    },
    (t) => [k.index('correction_date').on(t.onDate)],
  );

  /** What the leak gate let pass for a second person to look at. */
  const gateWarning = k.table(
    'gate_warning',
    {
      /** Keyed hash of place, row and field, so that the same warning is kept once. */
      id: k.text('id').primaryKey(),
      /** JSON of the finding: places and rows, never a person. */
      finding: k.text('finding').notNull(),
      publicationId: k.text('publication_id').notNull(),
      foundOn: k.text('found_on').notNull(),
      /** Who started that publication, and may not clear the warning; null: the timer. */
      startedBy: k.text('started_by'),
      clearedBy: k.text('cleared_by'),
      clearedOn: k.text('cleared_on'),
    },
    (t) => [k.index('gate_warning_cleared').on(t.clearedOn)],
  );

  /** A village whose board shows a batch, as somebody said who saw it. */
  const boardPosting = k.table(
    'board_posting',
    {
      batchId: k.text('batch_id').notNull(),
      placeCode: k.text('place_code').notNull(),
      postedOn: k.text('posted_on').notNull(),
      byPersonId: k.text('by_person_id').notNull(),
      recordedOn: k.text('recorded_on').notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.batchId, t.placeCode] })],
  );

  /** The last run of each timed job. */
  const jobRun = k.table('job_run', {
    name: k.text('name').primaryKey(),
    startedAt: k.integer('started_at').notNull(),
    finishedAt: k.integer('finished_at'),
    outcome: k.text('outcome').$type<'running' | 'done' | 'failed'>().notNull(),
  });

  return { takeDown, correction, gateWarning, boardPosting, jobRun };
}
