import type { Kit } from '#db/kit.ts';

/** What stands beside the leads: routing, relatives of staff, supervision, referrals, the backlog. */
export function defineLeadCare(k: Kit) {
  /** A version of the routing table as the county edited it; the newest counts. */
  const routingVersion = k.table('routing_version', {
    version: k.integer('version').primaryKey(),
    /** JSON of the rows, as `rules/routing-table` describes them. */
    rows: k.text('rows').notNull(),
    note: k.text('note').notNull(),
    personId: k.text('person_id').notNull(),
    onDate: k.text('on_date').notNull(),
  });

  /** A year's holiday notice that an administrator loaded; it replaces the one that ships. */
  const calendarYear = k.table('calendar_year', {
    year: k.integer('year').primaryKey(),
    version: k.text('version').notNull(),
    source: k.text('source').notNull(),
    /** JSON arrays of civil dates. */
    holidays: k.text('holidays').notNull(),
    workingWeekends: k.text('working_weekends').notNull(),
    personId: k.text('person_id').notNull(),
    onDate: k.text('on_date').notNull(),
  });

  /**
   * The register of near relatives (近亲属备案). Names and ID numbers are sealed to the discipline body; the
   * macs match recipients, reporters and accused without a key.
   */
  const relative = k.table(
    'relative',
    {
      id: k.text('id').primaryKey(),
      /** The body where the member of staff works, as matched at import. */
      bodyCode: k.text('body_code'),
      /** The member of staff where one of that name works there. */
      personId: k.text('person_id'),
      staffNameMac: k.text('staff_name_mac').notNull(),
      relativeNameMac: k.text('relative_name_mac').notNull(),
      /** HMAC of the ID number, as `list_row` has it. */
      idMac: k.text('id_mac').notNull(),
      /** HMAC of the whole entry: the same line again changes nothing. */
      entryMac: k.text('entry_mac').notNull(),
      sealed: k.bytes('sealed').notNull(),
      keyId: k.text('key_id').notNull(),
      addedOn: k.text('added_on').notNull(),
      endedOn: k.text('ended_on'),
    },
    (t) => [
      k.index('relative_id_mac').on(t.idMac),
      k.index('relative_staff_mac').on(t.staffNameMac),
      k.index('relative_name_mac').on(t.relativeNameMac),
    ],
  );

  /**
   * A registered relative found among the recipients of a list; for the discipline group to look at. One
   * for each relative, household and kind of aid, however many months report it.
   */
  const relativeHit = k.table(
    'relative_hit',
    {
      id: k.text('id').primaryKey(),
      relativeId: k
        .text('relative_id')
        .notNull()
        .references(() => relative.id),
      /** The list it was found in first. */
      batchId: k.text('batch_id').notNull(),
      householdMac: k.text('household_mac').notNull(),
      aidType: k.text('aid_type').notNull(),
      foundOn: k.text('found_on').notNull(),
      status: k.text('status').$type<'open' | 'lawful' | 'lead'>().notNull(),
      decidedBy: k.text('decided_by'),
      decidedOn: k.text('decided_on'),
    },
    (t) => [
      k.index('relative_hit_status').on(t.status),
      k.uniqueIndex('relative_hit_once').on(t.relativeId, t.householdMac, t.aidType),
    ],
  );

  /** A lead under special supervision (督办), until it ends; none in clear for sealed leads' texts. */
  const supervision = k.table(
    'supervision',
    {
      leadId: k.text('lead_id').notNull(),
      /** The number of the event that began it. */
      seq: k.integer('seq').notNull(),
      kind: k.text('kind').notNull(),
      /** The body and, where named, the person who supervises; the handling body cannot remove them. */
      bodyCode: k.text('body_code').notNull(),
      personId: k.text('person_id'),
      startedOn: k.text('started_on').notNull(),
      reportOn: k.text('report_on').notNull(),
      reportedOn: k.text('reported_on'),
      /** The supervisor agrees that the lead may be struck off. */
      consentedOn: k.text('consented_on'),
      endedOn: k.text('ended_on'),
    },
    (t) => [
      k.primaryKey({ columns: [t.leadId, t.seq] }),
      k.index('supervision_body').on(t.bodyCode, t.endedOn),
    ],
  );

  /** A lead handed over (移交): its letter and what came back. Texts are in the lead's sealed events. */
  const referral = k.table(
    'referral',
    {
      id: k.text('id').primaryKey(),
      leadId: k.text('lead_id').notNull(),
      /** The number of the event that handed it over. */
      seq: k.integer('seq').notNull(),
      /** Of the letter, per sending body and year: 示民移〔2026〕12号. */
      number: k.text('number').notNull().unique(),
      fromBody: k.text('from_body').notNull(),
      /** Null: a body outside the portal, whose name is sealed. */
      toBody: k.text('to_body'),
      sentOn: k.text('sent_on').notNull(),
      receivedOn: k.text('received_on'),
      returnedOn: k.text('returned_on'),
      feedbackOn: k.text('feedback_on'),
      /** When the sender is reminded to ask how it stands. */
      remindOn: k.text('remind_on').notNull(),
      /** How often the sender has asked. */
      reminders: k.integer('reminders').notNull().default(0),
      /** For counting; null for sealed leads. */
      cadres: k.integer('cadres'),
      casesFiled: k.integer('cases_filed'),
      heldToAccount: k.integer('held_to_account'),
    },
    (t) => [
      k.index('referral_lead').on(t.leadId),
      k.index('referral_to').on(t.toBody, t.remindOn),
      k.index('referral_from').on(t.fromBody, t.remindOn),
    ],
  );

  /** The last number given to a letter of a body in a year. */
  const letterNumber = k.table(
    'letter_number',
    {
      bodyCode: k.text('body_code').notNull(),
      year: k.integer('year').notNull(),
      last: k.integer('last').notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.bodyCode, t.year] })],
  );

  /** One spreadsheet of old cases taken into the ledgers. */
  const backlogImport = k.table('backlog_import', {
    id: k.text('id').primaryKey(),
    bodyCode: k.text('body_code').notNull(),
    fileHash: k.text('file_hash').notNull().unique(),
    rows: k.integer('rows').notNull(),
    personId: k.text('person_id').notNull(),
    onDate: k.text('on_date').notNull(),
  });

  /** Reminders that were mailed: one a person and day. Counts only. */
  const reminder = k.table(
    'reminder',
    {
      personId: k.text('person_id').notNull(),
      onDate: k.text('on_date').notNull(),
      due: k.integer('due').notNull(),
      overdue: k.integer('overdue').notNull(),
      status: k.text('status').$type<'sent' | 'failed'>().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.personId, t.onDate] })],
  );

  /** A wish to see who complained that waits for a second person. The reason is sealed with the lead. */
  const reporterRequest = k.table(
    'reporter_request',
    {
      id: k.text('id').primaryKey(),
      leadId: k.text('lead_id').notNull(),
      personId: k.text('person_id').notNull(),
      /** The number of the event that holds the sealed reason. */
      seq: k.integer('seq').notNull(),
      onDate: k.text('on_date').notNull(),
      status: k.text('status').$type<'waiting' | 'granted' | 'refused' | 'used'>().notNull(),
      decidedBy: k.text('decided_by'),
      decidedOn: k.text('decided_on'),
    },
    (t) => [k.index('reporter_request_lead').on(t.leadId)],
  );

  /** What was erased, when, and why; nothing of what it was. */
  const tombstone = k.table(
    'tombstone',
    {
      kind: k.text('kind').notNull(),
      subjectId: k.text('subject_id').notNull(),
      reason: k.text('reason').notNull(),
      personId: k.text('person_id'),
      onDate: k.text('on_date').notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.kind, t.subjectId] })],
  );

  return {
    routingVersion,
    calendarYear,
    relative,
    relativeHit,
    supervision,
    referral,
    letterNumber,
    backlogImport,
    reminder,
    reporterRequest,
    tombstone,
  };
}
