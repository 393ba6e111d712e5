import { z } from 'zod';
import { civilDate, month, provenance, text } from './public-fields.ts';
import { RATINGS } from './follow-up.ts';
import { LEAST } from './small-numbers.ts';
import { BODY_KINDS, MATTERS, codesOf } from './vocabulary.ts';

/** Statistics of complaints as they may enter `DATA_DIR/public`: a number below the least stops the export. */

const told = z.number().int().min(LEAST).nullable();
const split = z.strictObject({
  whole: told,
  part: told,
  rest: told,
  /** The one of the two that is too small to be told. */
  few: z.enum(['part', 'rest']).nullable(),
});
/** What every untold part is less than; null where no part is told. */
const below = told;

export const MonthStatistics = z.strictObject({
  month,
  received: told,
  /** As of the day of counting; null where the month was counted later. */
  overdue: z
    .strictObject({
      onDate: civilDate,
      total: told,
      below,
      kinds: z.array(z.strictObject({ kind: z.enum(codesOf(BODY_KINDS)), count: told })),
    })
    .nullable(),
});
export const QuarterStatistics = z.strictObject({
  quarter: z.string().regex(/^\d{4}-Q[1-4]$/),
  /** Null also where a month of it is: it could be computed. Then neither matters nor townships are told. */
  received: told,
  matters: z.strictObject({
    below,
    items: z.array(z.strictObject({ matter: z.enum(MATTERS), count: told })),
  }),
  towns: z.strictObject({
    below,
    /** `code` is empty where no township was named. */
    items: z.array(
      z.strictObject({ code: z.string().regex(/^\d{0,12}$/), name: text, count: told }),
    ),
  }),
  /** Part: within their time. */
  inTime: split,
  /** Part: settled by the first handling. */
  firstTime: split,
  supervised: told,
  ratings: z.strictObject({
    total: told,
    below,
    items: z.array(z.strictObject({ rating: z.enum(codesOf(RATINGS)), count: told })),
  }),
});
export const StatisticsFile = z.strictObject({
  ...provenance,
  /** The newest first. */
  months: z.array(MonthStatistics),
  quarters: z.array(QuarterStatistics),
});
export type MonthStatistics = z.infer<typeof MonthStatistics>;
export type QuarterStatistics = z.infer<typeof QuarterStatistics>;
