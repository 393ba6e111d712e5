import { z } from 'zod';
import { CORRECTION_KINDS, CORRECTION_REASONS } from './corrections.ts';
import { NOTICE_KINDS } from './list-kinds.ts';
import {
  aidType,
  civilDate,
  code,
  count,
  hash,
  instant,
  month,
  provenance,
} from './public-fields.ts';
import { codesOf } from './vocabulary.ts';

/** Lists, notices and what is counted of them, as they may enter `DATA_DIR/public`. */

export const ListRow = z.strictObject({
  /** Serial number within the page, not stable across months. */
  no: z.number().int().positive(),
  maskedName: z
    .string()
    .min(1)
    .max(60)
    .refine((name) => name.includes('*'), 'not masked'),
  /** Persons aided. */
  members: z.number().int().positive(),
  amountCents: count,
  since: month,
});
/** What a list says that shows no rows because it has fewer than `below`. */
export const CountsOnly = z.strictObject({
  below: z.number().int().positive(),
  households: count,
  persons: count,
});
export const VillageList = z
  .strictObject({
    ...provenance,
    aidType,
    period: month,
    batch: code,
    /** SHA-256 over salt and rows; anyone who has the page can recompute it. */
    batchHash: hash,
    batchSalt: z.string().min(16).max(64),
    rows: z.array(ListRow),
    /** Instead of rows, where they are fewer than the county shows by name. */
    countsOnly: CountsOnly.optional(),
  })
  .refine((list) => !list.countsOnly || list.rows.length === 0, 'rows beside counts');

/** What every page of a notice says of it. Instants are epoch milliseconds, the end exclusive. */
const noticeFacts = {
  ...provenance,
  notice: code,
  kind: z.enum(NOTICE_KINDS),
  aidType,
  startsAt: instant,
  endsAt: instant,
};
/** A household of a notice: not yet an aid, so without a start month. `no` stays with it while it runs. */
export const NoticeRow = ListRow.omit({ since: true });
/** A running notice as its village shows it. */
export const VillageNotice = z.strictObject({
  ...noticeFacts,
  batchHash: hash,
  batchSalt: z.string().min(16).max(64),
  rows: z.array(NoticeRow),
});
export const VillageFile = z.strictObject({
  code,
  lists: z.array(VillageList),
  notices: z.array(VillageNotice),
});

export const NOTICE_STATES = ['running', 'ended', 'withdrawn'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];
export const NoticeSummary = z.strictObject({
  ...noticeFacts,
  /** The township, or the county, whose households it names. */
  placeCode: code,
  state: z.enum(NOTICE_STATES),
  households: count,
  persons: count,
});
/** A notice of its own: when it ran and the counts; names stand on the villages' pages while it runs. */
export const NoticeFile = z.strictObject({
  ...NoticeSummary.shape,
  places: z.array(z.strictObject({ code, households: count, persons: count })),
});
/** Running notices, and those that ended in the last months, the newest first. */
export const NoticesFile = z.strictObject({ ...provenance, notices: z.array(NoticeSummary) });

export const AidCount = z.strictObject({
  aidType,
  period: month,
  /** Households and persons aided, those not shown by name included. */
  households: count,
  persons: count,
  /** Of listed rows only; at county level of all. */
  amountCents: count,
});
/** Money is null where a village shows counts only: of one household it would be that household's. */
export const ChildCount = AidCount.extend({ amountCents: count.nullable() });
/** A month of an aid type, kept when its list is gone; joined and left null where nothing came before. */
export const MonthCount = z.strictObject({
  ...AidCount.shape,
  joined: count.nullable(),
  left: count.nullable(),
});
/** Counts of a township (per aid type) or of the county, and of what lies directly below. */
export const CountsFile = z.strictObject({
  ...provenance,
  code,
  totals: z.array(AidCount),
  children: z.array(z.strictObject({ code, totals: z.array(ChildCount) })),
  /** The last three years, the newest month first. */
  months: z.array(MonthCount),
});

const Correction = z.strictObject({
  onDate: civilDate,
  /** A township, or the county. */
  placeCode: code,
  aidType,
  period: month,
  kind: z.enum(codesOf(CORRECTION_KINDS)),
  reason: z.enum(codesOf(CORRECTION_REASONS)),
  households: count,
});
/** Changes of published lists in the last twelve months, the newest first. */
export const CorrectionsFile = z.strictObject({ ...provenance, items: z.array(Correction) });

/** How current each township's publication is. */
export const HealthFile = z.strictObject({
  ...provenance,
  onDate: civilDate,
  /** Last day on which timed publishing ran; null: never. */
  timerRanOn: civilDate.nullable(),
  towns: z.array(
    z.strictObject({
      code,
      lastUpdatedOn: civilDate.nullable(),
      runningNotices: count,
      /** Villages whose board is confirmed for a list or notice that stands on the site, of all that should be. */
      boardsPosted: count,
      boardsDue: count,
      /** Lists that should have been published by a date and were not (政府信息公开条例 art. 26). */
      overdue: z.array(z.strictObject({ aidType, period: month, dueOn: civilDate })),
    }),
  ),
});

/** Whom residents of a township's villages may ask, where the village named somebody. */
export const ContactsFile = z.strictObject({
  code,
  contacts: z.array(
    z.strictObject({
      placeCode: code,
      name: z.string().max(100),
      phone: z.string().regex(/^([0-9-]{3,20})?$/),
    }),
  ),
});
export type ListRow = z.infer<typeof ListRow>;
export type NoticeRow = z.infer<typeof NoticeRow>;
export type VillageNotice = z.infer<typeof VillageNotice>;
export type MonthCount = z.infer<typeof MonthCount>;
export type VillageList = z.infer<typeof VillageList>;
export type AidCount = z.infer<typeof AidCount>;
export type ChildCount = z.infer<typeof ChildCount>;
export type CountsOnly = z.infer<typeof CountsOnly>;
export type NoticeSummary = z.infer<typeof NoticeSummary>;
