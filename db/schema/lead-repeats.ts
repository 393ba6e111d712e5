import type { Kit } from '#db/kit.ts';
import type { defineLeads } from './leads.ts';

/** What tells that two leads speak of the same: keyed hashes under a key that is a body's own. */
export function defineLeadRepeats(k: Kit, { lead }: Pick<ReturnType<typeof defineLeads>, 'lead'>) {
  /** The key of a body's hashes, sealed to that body: with the data alone none of them can be made. */
  const repeatKey = k.table('repeat_key', {
    bodyCode: k.text('body_code').primaryKey(),
    /** Of the body's key it is sealed to. */
    keyId: k.text('key_id').notNull(),
    sealed: k.bytes('sealed').notNull(),
  });

  /** As many for each lead, some of them random: their number would tell how many are accused. */
  const repeatPrint = k.table(
    'repeat_print',
    {
      leadId: k
        .text('lead_id')
        .notNull()
        .references(() => lead.id),
      bodyCode: k.text('body_code').notNull(),
      mac: k.text('mac').notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.leadId, t.bodyCode, t.mac] }),
      k.index('repeat_print_mac').on(t.mac),
    ],
  );
  return { repeatKey, repeatPrint };
}
