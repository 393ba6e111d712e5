import type { Kit } from '#db/kit.ts';
import type { CaseState } from '#rules/public-cases.ts';

/** 通报曝光: cases that bodies hand in, and the months in which they had none. */
export function defineCases(k: Kit) {
  const publicCase = k.table(
    'public_case',
    {
      id: k.text('id').primaryKey(),
      bodyCode: k.text('body_code').notNull(),
      month: k.text('month').notNull(),
      status: k.text('status').$type<CaseState>().notNull(),
      /** Goes up with every step, so that nobody decides about words they have not read. */
      revision: k.integer('revision').notNull(),
      /** The words of the case, the lead it came from among them, an age file; null once it is discarded. */
      sealed: k.bytes('sealed'),
      keyIds: k.text('key_ids').notNull(),
      /** What the reviewer wrote when the case was returned, an age file. */
      sealedNote: k.bytes('sealed_note'),
      noteKeyIds: k.text('note_key_ids').notNull().default(''),
      /** Ids of all who wrote or handed in, separated by spaces: none of them approves. */
      authors: k.text('authors').notNull(),
      createdOn: k.text('created_on').notNull(),
      submittedOn: k.text('submitted_on'),
      decidedBy: k.text('decided_by'),
      decidedOn: k.text('decided_on'),
      /** What the reviewer declared (rules/public-cases), codes separated by spaces. */
      checks: k.text('checks').notNull().default(''),
      /** JSON of what the public may read; only from the approval to the day it leaves the site. */
      words: k.text('words'),
      publishedOn: k.text('published_on'),
      /** Civil date; the first day it no longer stands on the site. */
      endsOn: k.text('ends_on'),
      withdrawnBy: k.text('withdrawn_by'),
      withdrawnOn: k.text('withdrawn_on'),
      withdrawReason: k.text('withdraw_reason'),
      reviewedBy: k.text('reviewed_by'),
      reviewedOn: k.text('reviewed_on'),
    },
    (t) => [k.index('public_case_month').on(t.month, t.bodyCode)],
  );

  /** A month in which a body said that it had no case. */
  const caseMonth = k.table(
    'case_month',
    {
      bodyCode: k.text('body_code').notNull(),
      month: k.text('month').notNull(),
      byPersonId: k.text('by_person_id').notNull(),
      onDate: k.text('on_date').notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.bodyCode, t.month] })],
  );

  return { publicCase, caseMonth };
}
