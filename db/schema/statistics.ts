import type { Kit } from '#db/kit.ts';
import type { defineLeads } from './leads.ts';

/** What the public statistics of complaints are made of. */
export function defineStatistics(k: Kit, { lead }: Pick<ReturnType<typeof defineLeads>, 'lead'>) {
  /** A month of complaints, counted once and never again. */
  const countedMonth = k.table('counted_month', {
    month: k.text('month').primaryKey(),
    countedOn: k.text('counted_on').notNull(),
    /** JSON of the numbers, as `rules/counted-month` describes them. */
    numbers: k.text('numbers').notNull(),
  });

  /** What a reporter thought of the handling; none for sealed leads. */
  const leadRating = k.table(
    'lead_rating',
    {
      leadId: k
        .text('lead_id')
        .primaryKey()
        .references(() => lead.id),
      rating: k.text('rating').notNull(),
      onDate: k.text('on_date').notNull(),
    },
    (t) => [k.index('lead_rating_date').on(t.onDate, t.rating)],
  );
  return { countedMonth, leadRating };
}
