import { z } from '@hono/zod-openapi';
import { isMonth } from '#rules/civil-date.ts';
import { PROTECTION_CHECKS, STORED_CHECKS, isReviewed } from '#rules/disclosure-review.ts';
import { ROW_DIFFERENCES } from '#rules/list-comparison.ts';
import { EXIT_REASONS } from '#rules/list-exits.ts';
import { LIST_KINDS, NOTICE_UNITS } from '#rules/list-kinds.ts';
import { LIST_STATUSES, ROW_VISIBILITIES } from '#rules/list-lifecycle.ts';
import { codesOf } from '#rules/vocabulary.ts';

export const BatchSummary = z.strictObject({
  id: z.string(),
  bodyCode: z.string(),
  body: z.string(),
  reviewBodyCode: z.string(),
  reviewBody: z.string(),
  kind: z.enum(codesOf(LIST_KINDS)),
  aidType: z.string(),
  period: z.string(),
  status: z.enum(codesOf(LIST_STATUSES)),
  uploadedBy: z.string(),
  uploadedOn: z.string(),
  decidedBy: z.string().nullable(),
  decidedOn: z.string().nullable(),
  households: z.number(),
  persons: z.number(),
  amountCents: z.number(),
});
/** An empty value, as a form without JavaScript sends it, is the same as none. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

export const BatchQuery = z.object({
  status: optional(z.enum(codesOf(LIST_STATUSES))),
  kind: optional(z.enum(codesOf(LIST_KINDS))),
  period: optional(z.string().refine(isMonth, '月份写成2026-10这样。')),
  body: optional(z.string().max(40)),
  page: optional(z.coerce.number().int().min(1).max(10_000)),
});
/** Which village of a list, and which page of its rows. */
export const VillageQuery = z.object({
  place: z.string().max(40).optional(),
  rows: optional(z.coerce.number().int().min(1).max(1000)),
});
export const BatchList = z.strictObject({
  items: z.array(BatchSummary),
  total: z.number(),
  page: z.number(),
  pages: z.number(),
  /** Bodies with lists within reach, to filter by. */
  bodies: z.array(z.strictObject({ code: z.string(), name: z.string() })),
});

const sums = { households: z.number(), persons: z.number(), amountCents: z.number() };
const Village = z.strictObject({
  placeCode: z.string(),
  place: z.string(),
  ...sums,
  before: z.strictObject(sums),
  withheld: z.number(),
  joined: z.number(),
  left: z.number(),
  /** Of `left`: those in no other village of the list. */
  exits: z.number(),
  changed: z.number(),
  /** Fewer listed households than three. */
  small: z.boolean(),
  uniqueNames: z.number(),
});
const Row = z.strictObject({
  id: z.string(),
  line: z.number(),
  sheet: z.string().nullable(),
  maskedName: z.string().nullable(),
  members: z.number(),
  amountCents: z.number(),
  since: z.string(),
  visibility: z.enum(codesOf(ROW_VISIBILITIES)),
  /** No other household of the village shows this masked name. */
  isUnique: z.boolean(),
  change: z.enum(codesOf(ROW_DIFFERENCES)),
  was: z.strictObject({ members: z.number(), amountCents: z.number() }).nullable(),
  /** The village where the list before has the household. */
  cameFrom: z.string().nullable(),
});
/** A row of the list before. */
const GoneRow = z.strictObject({
  id: z.string(),
  maskedName: z.string().nullable(),
  members: z.number(),
  amountCents: z.number(),
  since: z.string(),
  visibility: z.enum(codesOf(ROW_VISIBILITIES)),
  wentTo: z.string().nullable(),
  reason: z.enum(codesOf(EXIT_REASONS)).nullable(),
});
export const BatchView = z.strictObject({
  ...BatchSummary.shape,
  noticeDays: z.number().nullable(),
  noticeUnit: z.enum(codesOf(NOTICE_UNITS)).nullable(),
  noticeFrom: z.number().nullable(),
  startsAt: z.number().nullable(),
  endsAt: z.number().nullable(),
  /** What the reviewer declared with the approval. */
  disclosureChecks: z.array(z.enum(codesOf(STORED_CHECKS))),
  /** What an approval must answer besides: a check of its own each. */
  questions: z.array(
    z.strictObject({
      check: z.enum(codesOf(PROTECTION_CHECKS)),
      households: z.number(),
      /** Households of the list. */
      of: z.number(),
      places: z.array(z.string()),
    }),
  ),
  /** The list that this one would replace, while it waits for its decision. */
  comparedWith: z.strictObject({ id: z.string(), period: z.string() }).nullable(),
  /** The month of a later list that stands: while it waits, this one would not go on the site. */
  newerPeriod: z.string().nullable(),
  /** Changes when the file is read again; a decision says which reading it is about. */
  reading: z.string(),
  /** Households held back after an objection: an approval does not show them. */
  held: z.number(),
  /** Whether joined, left and changed are against a list before; else everything joined. */
  isCompared: z.boolean(),
  villages: z.array(Village),
  /** Exits, and those of them without a reason. */
  unexplained: z.strictObject({
    exits: z.number(),
    households: z.number(),
    villages: z.number(),
  }),
  /** The village whose rows are shown. */
  placeCode: z.string(),
  place: z.string(),
  /** The first hundred, or the page that was asked for. */
  rows: z.array(Row),
  rowPage: z.number(),
  rowPages: z.number(),
  rowTotal: z.number(),
  /** Households of the list before that are not in this village any more. */
  gone: z.array(GoneRow),
  /** What the reviewer wrote to the uploader. */
  note: z.string().nullable(),
  may: z.strictObject({ decide: z.boolean(), takeDown: z.boolean(), setExits: z.boolean() }),
});

/**
 * What is returned does not become public: only an approval declares that all was looked at, check by check
 * or, from a caller without a form, with `disclosureReview`; questions about protection are answered one by one.
 */
export const Decision = z
  .strictObject({
    decision: z.enum(['approve', 'reject'], { error: '选择通过还是退回。' }),
    disclosureReview: z.boolean().optional(),
    disclosureChecks: z.array(z.enum(codesOf(STORED_CHECKS))).optional(),
    /** Id of the list this one was shown beside; null: none. */
    comparedWith: z.string().max(40).nullable().optional(),
    reading: z.string().max(40).optional(),
    note: z.string().trim().max(500, '说明不超过500字。').optional(),
  })
  .superRefine(({ decision, disclosureReview, disclosureChecks }, issues) => {
    const isDeclared = disclosureReview === true || isReviewed(disclosureChecks ?? []);
    if (decision !== 'approve' || isDeclared) return;
    const field = disclosureChecks ? 'disclosureChecks' : 'disclosureReview';
    const message = '全部勾选后才能通过：公开审查要逐项做过。';
    issues.addIssue({ code: 'custom', path: [field], message });
  });
