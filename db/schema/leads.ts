import type { Kit } from '#db/kit.ts';

/**
 * Complaints and what became of them. Text, names, contacts, reasons are sealed; of a lead whose
 * `secrecy` is `sealed` every routing column is null and lives in the sealed content.
 */
export function defineLeads(k: Kit) {
  const lead = k.table(
    'lead',
    {
      id: k.text('id').primaryKey(),
      /** For the phone; opens nothing. */
      reference: k.text('reference').notNull().unique(),
      state: k.text('state').notNull(),
      /** The body whose desk it is on. */
      bodyCode: k.text('body_code').notNull(),
      secrecy: k.text('secrecy').$type<'normal' | 'restricted' | 'sealed'>().notNull(),
      receivedOn: k.text('received_on').notNull(),
      dueOn: k.text('due_on'),
      class: k.text('class'),
      mode: k.text('mode'),
      source: k.text('source'),
      placeCode: k.text('place_code'),
      major: k.integer('major').notNull().default(0),
      supervised: k.integer('supervised').notNull().default(0),
      extended: k.integer('extended').notNull().default(0),
      parentId: k.text('parent_id'),
      repeats: k.integer('repeats').notNull().default(0),
      /** Taken from a ledger of earlier years. */
      backlog: k.integer('backlog').notNull().default(0),
      /** For counting; null for sealed leads. */
      finding: k.text('finding'),
      concludedOn: k.text('concluded_on'),
      closedOn: k.text('closed_on'),
      noticeId: k.text('notice_id'),
      noticeRow: k.integer('notice_row'),
      /** HKDF of the query code under the server's pepper; the code itself is nowhere. */
      lookup: k.text('lookup').notNull().unique(),
      lookupKeyId: k.text('lookup_key_id').notNull(),
      /** age recipient of the query code: replies are sealed to it. */
      codeRecipient: k.text('code_recipient').notNull(),
      /** HMAC of the canonical complaint: the same complaint again is the same receipt. */
      sameness: k.text('sameness').notNull(),
      contentRecipient: k.text('content_recipient').notNull(),
      reporterRecipient: k.text('reporter_recipient').notNull(),
      sealedContent: k.bytes('sealed_content').notNull(),
      sealedReporter: k.bytes('sealed_reporter'),
    },
    (t) => [
      k.index('lead_body_state').on(t.bodyCode, t.state),
      // The queue is read from these alone: a row of the table has the sealed text beside it.
      k
        .index('lead_queue')
        .on(
          t.dueOn,
          t.id,
          t.receivedOn,
          t.secrecy,
          t.state,
          t.bodyCode,
          t.placeCode,
          t.supervised,
          t.repeats,
          t.class,
        ),
      k
        .index('lead_queue_received')
        .on(
          t.receivedOn,
          t.id,
          t.dueOn,
          t.secrecy,
          t.state,
          t.bodyCode,
          t.placeCode,
          t.supervised,
          t.repeats,
          t.class,
        ),
      k.index('lead_place').on(t.placeCode),
      k.index('lead_parent').on(t.parentId),
      k.index('lead_concluded').on(t.concludedOn),
    ],
  );

  const leadProblem = k.table(
    'lead_problem',
    {
      leadId: k
        .text('lead_id')
        .notNull()
        .references(() => lead.id),
      problem: k.text('problem').notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.leadId, t.problem] })],
  );

  /** Accused: role and body only; a name is in the sealed content. None for sealed leads. */
  const leadSubject = k.table(
    'lead_subject',
    {
      leadId: k
        .text('lead_id')
        .notNull()
        .references(() => lead.id),
      seq: k.integer('seq').notNull(),
      role: k.text('role').notNull(),
      bodyCode: k.text('body_code'),
    },
    (t) => [k.primaryKey({ columns: [t.leadId, t.seq] })],
  );

  /**
   * Who must not know of a lead: HMAC of (lead id, body code) or (lead id, person id), so that no row
   * in clear says who is accused.
   */
  const leadExclusion = k.table(
    'lead_exclusion',
    {
      leadId: k
        .text('lead_id')
        .notNull()
        .references(() => lead.id),
      mac: k.text('mac').notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.leadId, t.mac] })],
  );

  /**
   * The lead's identities sealed to the bodies that hold it. `standing` says why a body holds it:
   * `desk` it is or was on its desk, `reserve` it may pull the matter up (not shown in its queue).
   */
  const leadGrant = k.table(
    'lead_grant',
    {
      leadId: k
        .text('lead_id')
        .notNull()
        .references(() => lead.id),
      bodyCode: k.text('body_code').notNull(),
      part: k.text('part').$type<'content' | 'reporter'>().notNull(),
      standing: k.text('standing').$type<'desk' | 'reserve'>().notNull(),
      keyId: k.text('key_id').notNull(),
      /** A new content identity is begun when a body is taken off; older parts keep their epoch. */
      epoch: k.integer('epoch').notNull(),
      sealed: k.bytes('sealed').notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.leadId, t.bodyCode, t.part, t.epoch] }),
      k.index('lead_grant_body').on(t.bodyCode, t.standing, t.part, t.leadId),
      k.index('lead_grant_desk').on(t.leadId, t.bodyCode, t.part, t.standing),
    ],
  );

  /** A person working on a lead (承办人). */
  const leadWorker = k.table(
    'lead_worker',
    {
      leadId: k
        .text('lead_id')
        .notNull()
        .references(() => lead.id),
      personId: k.text('person_id').notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.leadId, t.personId] }),
      k.index('lead_worker_person').on(t.personId),
    ],
  );

  return {
    lead,
    leadProblem,
    leadSubject,
    leadExclusion,
    leadGrant,
    leadWorker,
  };
}
