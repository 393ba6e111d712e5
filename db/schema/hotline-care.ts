import type { Kit } from '#db/kit.ts';
import type { CallOutcome, CallVerdict } from '#rules/hotline-tests.ts';

/** Whether hotlines are answered, and who is on duty. */
export function defineHotlineCare(k: Kit) {
  /** A call that tried a published number. It names no complaint, whatever gave rise to it. */
  const testCall = k.table(
    'test_call',
    {
      id: k.text('id').primaryKey(),
      hotlineId: k.text('hotline_id').notNull(),
      phone: k.text('phone').notNull(),
      /** Epoch ms. */
      calledAt: k.integer('called_at').notNull(),
      outcome: k.text('outcome').$type<CallOutcome>().notNull(),
      /** Until somebody answered. */
      seconds: k.integer('seconds'),
      inHours: k.integer('in_hours').$type<0 | 1>().notNull(),
      verdict: k.text('verdict').$type<CallVerdict>().notNull(),
      /** An outside body that made the call; empty: whoever recorded it. */
      outsideBody: k.text('outside_body').notNull().default(''),
      /** Whoever called is of the unit that was tested. */
      ownUnit: k.integer('own_unit').$type<0 | 1>().notNull(),
      /** For staff only. */
      remark: k.text('remark').notNull().default(''),
      byPersonId: k.text('by_person_id').notNull(),
      byBodyCode: k.text('by_body_code').notNull(),
      recordedAt: k.integer('recorded_at').notNull(),
      status: k.text('status').$type<'valid' | 'corrected' | 'cancelled'>().notNull(),
      /** The record that this one puts right. */
      correctsId: k.text('corrects_id'),
      /** Why it was put right or taken back. */
      reason: k.text('reason').notNull().default(''),
    },
    (t) => [k.index('test_call_hotline').on(t.hotlineId), k.index('test_call_time').on(t.calledAt)],
  );

  /** Who answers a hotline, as the unit wants it published. Both dates count. */
  const hotlineDuty = k.table(
    'hotline_duty',
    {
      id: k.text('id').primaryKey(),
      hotlineId: k.text('hotline_id').notNull(),
      fromDate: k.text('from_date').notNull(),
      toDate: k.text('to_date').notNull(),
      hours: k.text('hours').notNull().default(''),
      who: k.text('who').notNull(),
      byPersonId: k.text('by_person_id').notNull(),
      updatedOn: k.text('updated_on').notNull(),
    },
    (t) => [k.index('hotline_duty_hotline').on(t.hotlineId)],
  );

  return { testCall, hotlineDuty };
}
