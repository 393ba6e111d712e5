import type { Kit } from '#db/kit.ts';
import type { defineLeads } from './leads.ts';

/** What happened to a lead: its steps, what passed between staff and reporter, its clocks. */
export function defineLeadHistory(k: Kit, { lead }: Pick<ReturnType<typeof defineLeads>, 'lead'>) {
  /** One step of the lifecycle. What was typed is sealed to the content identity of `epoch`. */
  const leadEvent = k.table(
    'lead_event',
    {
      leadId: k
        .text('lead_id')
        .notNull()
        .references(() => lead.id),
      seq: k.integer('seq').notNull(),
      event: k.text('event').notNull(),
      fromState: k.text('from_state'),
      toState: k.text('to_state').notNull(),
      onDate: k.text('on_date').notNull(),
      personId: k.text('person_id'),
      bodyCode: k.text('body_code'),
      /** `proposed` waits for a second person; `done` took effect; `declined` did not. */
      status: k.text('status').$type<'proposed' | 'done' | 'declined'>().notNull(),
      epoch: k.integer('epoch').notNull(),
      sealed: k.bytes('sealed'),
    },
    (t) => [k.primaryKey({ columns: [t.leadId, t.seq] })],
  );

  /** What passes between staff and the reporter, sealed to the content identity and to the query code. */
  const leadMessage = k.table(
    'lead_message',
    {
      leadId: k
        .text('lead_id')
        .notNull()
        .references(() => lead.id),
      seq: k.integer('seq').notNull(),
      kind: k.text('kind').$type<'question' | 'reply' | 'answer' | 'supplement'>().notNull(),
      onDate: k.text('on_date').notNull(),
      epoch: k.integer('epoch').notNull(),
      sealed: k.bytes('sealed').notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.leadId, t.seq] })],
  );

  const leadDeadline = k.table(
    'lead_deadline',
    {
      leadId: k
        .text('lead_id')
        .notNull()
        .references(() => lead.id),
      ruleCode: k.text('rule_code').notNull(),
      startOn: k.text('start_on').notNull(),
      unit: k.text('unit').$type<'calendar' | 'working'>().notNull(),
      dueOn: k.text('due_on').notNull(),
      calendarVersion: k.text('calendar_version').notNull(),
      provisional: k.integer('provisional').notNull(),
      /** Days the clock was put back by, so that it can be computed anew. */
      extraDays: k.integer('extra_days').notNull().default(0),
      metOn: k.text('met_on'),
    },
    (t) => [
      k.primaryKey({ columns: [t.leadId, t.ruleCode, t.startOn] }),
      k.index('lead_deadline_open').on(t.metOn, t.calendarVersion),
    ],
  );

  /** Identities of the query codes a lead had before, sealed to its present one: they open older messages. */
  const leadOldCode = k.table('lead_old_code', {
    leadId: k
      .text('lead_id')
      .primaryKey()
      .references(() => lead.id),
    sealed: k.bytes('sealed').notNull(),
  });

  /** Look-up keys of query codes that were replaced: nothing comes in under one of them any more. */
  const voidCode = k.table('void_code', { lookup: k.text('lookup').primaryKey() });

  /** Query codes a lead had before: for a time each opens what it opened then, and may say who replaced it. */
  const formerCode = k.table(
    'former_code',
    {
      lookup: k.text('lookup').primaryKey(),
      leadId: k
        .text('lead_id')
        .notNull()
        .references(() => lead.id),
      lookupKeyId: k.text('lookup_key_id').notNull(),
      recipient: k.text('recipient').notNull(),
      /** The identities of still older codes, sealed to this one. */
      sealed: k.bytes('sealed'),
      replacedOn: k.text('replaced_on').notNull(),
      /** Its holder says that the change was not theirs. */
      disputedOn: k.text('disputed_on'),
    },
    (t) => [k.index('former_code_lead').on(t.leadId)],
  );

  /** Proofs of work that were used; a row may go when `expiresAt` is past. */
  const usedProof = k.table('used_proof', {
    nonce: k.text('nonce').primaryKey(),
    expiresAt: k.integer('expires_at').notNull(),
  });

  return { leadEvent, leadMessage, leadDeadline, leadOldCode, formerCode, voidCode, usedProof };
}
