import { z } from '@hono/zod-openapi';
import { isDate } from '#rules/civil-date.ts';
import { LIST_KINDS } from '#rules/list-kinds.ts';
import { CountsOnly } from '#rules/public-lists.ts';
import { AID_TYPES, codesOf } from '#rules/vocabulary.ts';

const id = z.string().max(40);
const BoardBatch = z.strictObject({
  id: z.string(),
  kind: z.enum(codesOf(LIST_KINDS)),
  aidType: z.enum(codesOf(AID_TYPES)),
  /** Of a list. */
  period: z.string().nullable(),
  /** Of a notice, epoch ms, the end exclusive. */
  startsAt: z.number().nullable(),
  endsAt: z.number().nullable(),
});
export type BoardBatch = z.infer<typeof BoardBatch>;

export const BoardQuery = z.object({
  town: id.optional(),
  batch: id.optional(),
  /** `open`: boards that nobody has confirmed. */
  state: z.enum(['open']).optional(),
  page: z.coerce.number().int().min(1).max(1000).optional(),
});
export const BoardPage = z.strictObject({
  items: z.array(
    z.strictObject({
      batch: BoardBatch,
      placeCode: z.string(),
      place: z.string(),
      town: z.string(),
      households: z.number(),
      postedOn: z.string().nullable(),
      /** The day on which somebody confirmed it. */
      recordedOn: z.string().nullable(),
    }),
  ),
  /** Of the boards asked for. */
  total: z.number(),
  page: z.number(),
  pages: z.number(),
  /** Of the town and batch asked for, confirmed ones too. */
  due: z.number(),
  posted: z.number(),
  batches: z.array(z.strictObject({ ...BoardBatch.shape, approvedOn: z.string() })),
  towns: z.array(z.strictObject({ code: z.string(), name: z.string() })),
  names: z.enum(['masked', 'full']),
});

export const Postings = z.strictObject({
  postedOn: z.string({ error: '填写张贴的日期，例如2026-11-20。' }).max(20),
  boards: z
    .array(z.strictObject({ batchId: id, placeCode: id }))
    .min(1, '勾选已经张贴的村（社区）。')
    .max(100, '一次最多登记100个村（社区）。'),
});

export const BoardSheets = z.strictObject({
  sheets: z.array(
    z.strictObject({
      batch: BoardBatch,
      placeCode: z.string(),
      place: z.string(),
      town: z.string(),
      county: z.string(),
      publisher: z.string(),
      updatedOn: z.string(),
      batchHash: z.string(),
      batchSalt: z.string(),
      /** `destroyed`: full names were asked for and exist no longer. */
      names: z.enum(['masked', 'full', 'destroyed']),
      rows: z.array(
        z.strictObject({
          no: z.number(),
          name: z.string(),
          members: z.number(),
          amountCents: z.number(),
          since: z.string().nullable(),
        }),
      ),
      /** Instead of rows, where the page shows none. */
      countsOnly: CountsOnly.nullable(),
    }),
  ),
  /** The actor may have these sheets with full names. */
  mayOpenNames: z.boolean(),
});
export type BoardSheet = z.infer<typeof BoardSheets>['sheets'][number];

/** Villages of a batch; the query carries them as `place=…&place=…`. */
export function placeCodes(limit: number) {
  return z.preprocess(
    (value) => (typeof value === 'string' ? [value] : value),
    z.array(id).min(1).max(limit, `一次最多打印${limit}个村（社区）。`),
  );
}

const needed = (message: string) => z.string({ error: message }).trim().min(1, message).max(200);
const NamesBasis = z.strictObject({
  documentNumber: needed('填写要求公布姓名的文件文号。'),
  reviewedOn: z
    .string({ error: '填写公开审查的日期，例如2026-11-20。' })
    .refine(isDate, '填写公开审查的日期，例如2026-11-20。'),
  reviewedBy: needed('填写作出公开审查决定的人。'),
});
export const NamesChange = z
  .discriminatedUnion(
    'names',
    [
      z.strictObject({ names: z.literal('masked') }),
      z.strictObject({ names: z.literal('full'), ...NamesBasis.shape }),
    ],
    { error: '选择公示栏名单上的姓名怎样印。' },
  )
  .openapi('BoardNamesChange');
export const BoardSettings = z.strictObject({
  names: z.enum(['masked', 'full']),
  basis: z.strictObject({ ...NamesBasis.shape, setOn: z.string(), setBy: z.string() }).nullable(),
});
