import { z } from '@hono/zod-openapi';
import { readIdNumber } from '#rules/id-number.ts';
import { ROW_VISIBILITIES } from '#rules/list-lifecycle.ts';
import { ROW_CHANGE_KINDS, ROW_CHANGE_REASONS, ROW_CHANGE_STATUSES } from '#rules/row-changes.ts';
import { TAKE_DOWN_REASONS, TAKE_DOWN_STATUSES } from '#rules/take-down.ts';
import { codesOf } from '#rules/vocabulary.ts';

const id = z.string().min(1).max(60);
const list = { batchId: z.string(), aidType: z.string(), period: z.string() };
const row = {
  rowId: z.string(),
  sheet: z.string().nullable(),
  line: z.number(),
  /** Null where the household is not named. */
  maskedName: z.string().nullable(),
  members: z.number(),
  amountCents: z.number(),
  visibility: z.enum(codesOf(ROW_VISIBILITIES)),
};

export const ChangeableRows = z.strictObject({
  ...list,
  placeCode: z.string(),
  place: z.string(),
  /** Only lists that stand on the site, or will, can be changed. */
  isStanding: z.boolean(),
  rows: z.array(z.strictObject({ ...row, isWaiting: z.boolean() })),
});

export const RowChangeIds = z.strictObject({ ids: z.array(z.string()) });
export const RowChangeDecisionInput = z.strictObject({
  ids: z.array(id, { error: '勾选要审核的更改。' }).min(1, '勾选要审核的更改。').max(500),
  decision: z.enum(['approve', 'refuse'], { error: '选择通过还是不予通过。' }),
});
export const RowChangeList = z.strictObject({
  items: z.array(
    z.strictObject({
      ...list,
      ...row,
      id: z.string(),
      place: z.string(),
      kind: z.enum(codesOf(ROW_CHANGE_KINDS)),
      reason: z.enum(codesOf(ROW_CHANGE_REASONS)),
      newMembers: z.number().nullable(),
      newAmountCents: z.number().nullable(),
      status: z.enum(codesOf(ROW_CHANGE_STATUSES)),
      proposedBy: z.string(),
      proposedOn: z.string(),
      decidedBy: z.string().nullable(),
      decidedOn: z.string().nullable(),
      mayDecide: z.boolean(),
    }),
  ),
});

export const TakeDownDecisionInput = z.strictObject({
  decision: z.enum(['confirm', 'reverse'], { error: '选择确认撤下还是恢复公开。' }),
});
export const TakeDownList = z.strictObject({
  items: z.array(
    z.strictObject({
      ...list,
      id: z.string(),
      kind: z.enum(['row', 'list']),
      place: z.string().nullable(),
      row: z.strictObject(row).nullable(),
      households: z.number(),
      reason: z.enum(codesOf(TAKE_DOWN_REASONS)),
      status: z.enum(codesOf(TAKE_DOWN_STATUSES)),
      by: z.string(),
      onDate: z.string(),
      reviewedBy: z.string().nullable(),
      reviewedOn: z.string().nullable(),
      mayReview: z.boolean(),
    }),
  ),
});

/** Households held back after an objection. */
export const HeldList = z.strictObject({
  items: z.array(
    z.strictObject({
      ...list,
      ...row,
      place: z.string(),
      /** False for who uploaded a list with the household. */
      mayRelease: z.boolean(),
    }),
  ),
});

/** Only the keyed hash of the number is kept. */
export const ProtectInput = z.strictObject({
  idNumber: z
    .string({ error: '填写户主的身份证号。' })
    .max(60, '身份证号有误，核对后再填。')
    .refine(
      (text) => 'idNumber' in readIdNumber({ kind: 'text', value: text }),
      '身份证号有误，核对后再填。',
    ),
});
export const ProtectedList = z.strictObject({
  items: z.array(
    z.strictObject({
      ...list,
      rowId: z.string(),
      place: z.string(),
      sheet: z.string().nullable(),
      line: z.number(),
      since: z.string(),
      by: z.string(),
      /** Who asked to lift it; null: nobody. */
      liftAskedBy: z.string().nullable(),
      mayLift: z.boolean(),
    }),
  ),
  /** In the register, in no list. */
  unlisted: z.array(z.strictObject({ since: z.string(), by: z.string() })),
});
