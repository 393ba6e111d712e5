import type { Kit } from '#db/kit.ts';
import type { ExitReason } from '#rules/list-exits.ts';
import type { RowChangeKind, RowChangeReason } from '#rules/row-changes.ts';

/** What belongs to the review of a list, and to single rows afterwards. */
export function defineListReview(k: Kit) {
  /** How the file of a batch wrote its villages; `placeCode` null where it was not recognised. */
  const batchSpelling = k.table(
    'batch_spelling',
    {
      batchId: k.text('batch_id').notNull(),
      /** As the file wrote it; empty where it names no town. */
      town: k.text('town').notNull(),
      written: k.text('written').notNull(),
      placeCode: k.text('place_code'),
      lines: k.integer('lines').notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.batchId, t.town, t.written] })],
  );

  /** Why a household of the list before is not in this one (annex 2 of the national ledger). */
  const listExit = k.table(
    'list_exit',
    {
      batchId: k.text('batch_id').notNull(),
      /** The household, as in `list_row`. */
      idMac: k.text('id_mac').notNull(),
      placeCode: k.text('place_code').notNull(),
      reason: k.text('reason').$type<ExitReason>().notNull(),
      /** The person who set it; null where a column of the file did. */
      setBy: k.text('set_by'),
    },
    (t) => [k.primaryKey({ columns: [t.batchId, t.idMac] })],
  );

  /** Counts of an approved batch by place, kept when its rows leave the site. */
  const batchCount = k.table(
    'batch_count',
    {
      batchId: k.text('batch_id').notNull(),
      placeCode: k.text('place_code').notNull(),
      /** Those not shown by name included. */
      households: k.integer('households').notNull(),
      persons: k.integer('persons').notNull(),
      amountCents: k.integer('amount_cents').notNull(),
      listedHouseholds: k.integer('listed_households').notNull(),
      listedPersons: k.integer('listed_persons').notNull(),
      listedCents: k.integer('listed_cents').notNull(),
      /** Against the list before; null where there was none. */
      joined: k.integer('joined'),
      left: k.integer('left'),
      changed: k.integer('changed'),
    },
    (t) => [k.primaryKey({ columns: [t.batchId, t.placeCode] })],
  );

  /** A correction or exit of one household of an approved list: proposed by one person, decided by another. */
  const rowChange = k.table(
    'row_change',
    {
      id: k.text('id').primaryKey(),
      rowId: k.text('row_id').notNull(),
      batchId: k.text('batch_id').notNull(),
      placeCode: k.text('place_code').notNull(),
      kind: k.text('kind').$type<RowChangeKind>().notNull(),
      reason: k.text('reason').$type<RowChangeReason>().notNull(),
      /** The new figures of a correction. */
      members: k.integer('members'),
      amountCents: k.integer('amount_cents'),
      status: k.text('status').$type<'proposed' | 'approved' | 'refused'>().notNull(),
      proposedBy: k.text('proposed_by').notNull(),
      proposedOn: k.text('proposed_on').notNull(),
      decidedBy: k.text('decided_by'),
      decidedOn: k.text('decided_on'),
    },
    (t) => [k.index('row_change_status').on(t.status)],
  );

  return { batchSpelling, listExit, batchCount, rowChange };
}
