import type { Kit } from '#db/kit.ts';
import type { ListKind } from '#rules/list-kinds.ts';
import type { ListStatus, RowVisibility } from '#rules/list-lifecycle.ts';

/** Uploaded lists, their masked rows, and what was published. */
export function definePublication(k: Kit) {
  /** One uploaded list. Who uploads is never who decides. */
  const batch = k.table(
    'batch',
    {
      id: k.text('id').primaryKey(),
      bodyCode: k.text('body_code').notNull(),
      reviewBodyCode: k.text('review_body_code').notNull(),
      /** A long-term list, or a short notice of some kind. */
      kind: k.text('kind').$type<ListKind>().notNull().default('LIST'),
      aidType: k.text('aid_type').notNull(),
      period: k.text('period').notNull(),
      status: k.text('status').$type<ListStatus>().notNull(),
      uploadedBy: k.text('uploaded_by').notNull(),
      uploadedOn: k.text('uploaded_on').notNull(),
      decidedBy: k.text('decided_by'),
      decidedOn: k.text('decided_on'),
      households: k.integer('households').notNull(),
      persons: k.integer('persons').notNull(),
      amountCents: k.integer('amount_cents').notNull(),
      /** Random; the batch hash is salted with it, and it is destroyed at expiry. */
      salt: k.text('salt').notNull(),
      /** Of a notice: how long it runs, and from when at the earliest (epoch ms; null: from its approval). */
      noticeDays: k.integer('notice_days'),
      noticeUnit: k.text('notice_unit').$type<'calendar' | 'working'>(),
      noticeFrom: k.integer('notice_from'),
      /** Of an approved notice: when it stands on the site, epoch ms, the end exclusive. */
      startsAt: k.integer('starts_at'),
      endsAt: k.integer('ends_at'),
      /** What the reviewer declared to have looked at (rules/disclosure-review), codes separated by spaces. */
      disclosureChecks: k.text('disclosure_checks').notNull().default(''),
    },
    (t) => [k.index('batch_status').on(t.status)],
  );

  /** What the importer said of a line: no value of the line itself. */
  const batchProblem = k.table(
    'batch_problem',
    {
      batchId: k
        .text('batch_id')
        .notNull()
        .references(() => batch.id),
      seq: k.integer('seq').notNull(),
      kind: k.text('kind').$type<'rejected' | 'withheld' | 'warning'>().notNull(),
      file: k.text('file').$type<'households' | 'persons'>().notNull(),
      sheet: k.text('sheet'),
      line: k.integer('line').notNull(),
      /** The column's letters as a spreadsheet program shows them; null where the whole line is meant. */
      column: k.text('column_letters'),
      reason: k.text('reason').notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.batchId, t.seq] })],
  );

  /** A household of a batch, masked. Withheld ones have no name at all and are counted only. */
  const listRow = k.table(
    'list_row',
    {
      id: k.text('id').primaryKey(),
      batchId: k
        .text('batch_id')
        .notNull()
        .references(() => batch.id),
      seq: k.integer('seq').notNull(),
      line: k.integer('line').notNull(),
      sheet: k.text('sheet'),
      placeCode: k.text('place_code').notNull(),
      /** Number within its place among the rows listed at import, by which a notice's row is named; else 0. */
      no: k.integer('no').notNull().default(0),
      maskedName: k.text('masked_name'),
      members: k.integer('members').notNull(),
      amountCents: k.integer('amount_cents').notNull(),
      since: k.text('since').notNull(),
      /** HMAC of the head's ID number; `idKeyId` names the key. */
      idMac: k.text('id_mac').notNull(),
      idKeyId: k.text('id_key_id').notNull(),
      visibility: k.text('visibility').$type<RowVisibility>().notNull(),
    },
    (t) => [
      k.index('list_row_batch').on(t.batchId, t.placeCode),
      k.index('list_row_id').on(t.idMac),
    ],
  );

  /**
   * A sealed spreadsheet, which of them is which and what they were called, a village's sealed names, or
   * what the reviewer wrote to the uploader; the bytes are a standard age file.
   */
  const sealedFile = k.table(
    'sealed_file',
    {
      id: k.text('id').primaryKey(),
      batchId: k
        .text('batch_id')
        .notNull()
        .references(() => batch.id),
      kind: k.text('kind').$type<'upload' | 'upload-index' | 'names' | 'note'>().notNull(),
      placeCode: k.text('place_code'),
      /** Keys of bodies it is sealed to, separated by spaces. */
      keyIds: k.text('key_ids').notNull().default(''),
      sealed: k.bytes('sealed').notNull(),
      createdOn: k.text('created_on').notNull(),
    },
    (t) => [k.index('sealed_file_batch').on(t.batchId)],
  );

  /** Households that may never be named, whatever a later file says. No reason is kept. */
  const protectedHousehold = k.table('protected_household', {
    idMac: k.text('id_mac').primaryKey(),
    idKeyId: k.text('id_key_id').notNull(),
    since: k.text('since').notNull(),
    byPersonId: k.text('by_person_id').notNull(),
    liftedOn: k.text('lifted_on'),
    liftedBy: k.text('lifted_by'),
    liftConfirmedBy: k.text('lift_confirmed_by'),
  });

  /** Keyed hashes of the full names of a batch, for the leak gate; gone with its last page. */
  const nameHash = k.table(
    'name_hash',
    {
      batchId: k
        .text('batch_id')
        .notNull()
        .references(() => batch.id),
      mac: k.text('mac').notNull(),
      /** Code points of the name. */
      length: k.integer('length').notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.batchId, t.mac] })],
  );

  const publication = k.table('publication', {
    id: k.text('id').primaryKey(),
    startedAt: k.integer('started_at').notNull(),
    finishedAt: k.integer('finished_at'),
    startedBy: k.text('started_by'),
    /** Everything approved, what stands on the site only, or that and what is due. */
    scope: k
      .text('scope')
      .$type<'approved' | 'standing' | 'directory' | 'due'>()
      .notNull()
      .default('approved'),
    status: k.text('status').$type<'running' | 'live' | 'refused'>().notNull(),
    /** JSON: `[{ step, ms }]`. */
    steps: k.text('steps').notNull(),
    pagesChanged: k.integer('pages_changed').notNull().default(0),
    manifestHash: k.text('manifest_hash'),
    /** Why it was refused: places and rows, never a person. JSON. */
    findings: k.text('findings'),
  });

  return { batch, batchProblem, listRow, sealedFile, protectedHousehold, nameHash, publication };
}
