import type { Kit } from '#db/kit.ts';

export function defineAudit(k: Kit) {
  /**
   * Append-only and hash-chained; triggers refuse UPDATE, DELETE and REPLACE. No foreign keys: entries outlive
   * their subjects. Holds ids, codes and a keyed hash of fields, never text or names.
   */
  const auditEntry = k.table(
    'audit_entry',
    {
      seq: k.integer('seq').primaryKey(),
      onDate: k.text('on_date').notNull(),
      /** Epoch ms; null for arrivals, which carry the date only. */
      at: k.integer('at'),
      /** Null: the system or a citizen. */
      personId: k.text('person_id'),
      bodyCode: k.text('body_code'),
      action: k.text('action').notNull(),
      subjectKind: k.text('subject_kind').notNull(),
      subjectId: k.text('subject_id').notNull(),
      fieldsMac: k.text('fields_mac').notNull(),
      previousHash: k.text('previous_hash').notNull(),
      hash: k.text('hash').notNull(),
    },
    (t) => [
      k.index('audit_subject').on(t.subjectKind, t.subjectId),
      k.index('audit_date').on(t.onDate),
    ],
  );

  return { auditEntry };
}
