import { z } from '@hono/zod-openapi';
import { PROBLEM_KINDS } from '#rules/import-reasons.ts';
import { LIST_STATUSES, ROW_VISIBILITIES } from '#rules/list-lifecycle.ts';
import { codesOf } from '#rules/vocabulary.ts';

const BatchSummary = z.strictObject({
  id: z.string(),
  bodyCode: z.string(),
  body: z.string(),
  reviewBodyCode: z.string(),
  reviewBody: z.string(),
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
export const BatchList = z.strictObject({ items: z.array(BatchSummary), total: z.number() });

const Village = z.strictObject({
  placeCode: z.string(),
  place: z.string(),
  households: z.number(),
  persons: z.number(),
  amountCents: z.number(),
  withheld: z.number(),
  joined: z.number(),
  left: z.number(),
  changed: z.number(),
  /** Fewer listed households than three. */
  small: z.boolean(),
  uniqueNames: z.number(),
});
const Problem = z.strictObject({
  seq: z.number(),
  kind: z.enum(codesOf(PROBLEM_KINDS)),
  file: z.enum(['households', 'persons']),
  sheet: z.string().nullable(),
  line: z.number(),
  reason: z.string(),
  words: z.string(),
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
});
export const BatchView = z.strictObject({
  ...BatchSummary.shape,
  comparedWith: z.strictObject({ id: z.string(), period: z.string() }).nullable(),
  villages: z.array(Village),
  problems: z.array(Problem),
  /** The village whose rows are shown. */
  placeCode: z.string(),
  place: z.string(),
  rows: z.array(Row),
  /** What the reviewer wrote to the uploader. */
  note: z.string().nullable(),
  may: z.strictObject({ decide: z.boolean(), takeDown: z.boolean() }),
});

/** What is returned does not become public: only an approval declares that it was reviewed. */
export const Decision = z
  .strictObject({
    decision: z.enum(['approve', 'reject'], { error: '选择通过还是退回。' }),
    disclosureReview: z.boolean().optional(),
    note: z.string().trim().max(500, '说明不超过500字。').optional(),
  })
  .refine((input) => input.decision !== 'approve' || input.disclosureReview === true, {
    path: ['disclosureReview'],
    error: '勾选后才能通过：已逐项做过公开审查。',
  });
