import { z } from 'zod';
import { readAmount } from './amount.ts';
import { EXIT_REASONS } from './list-exits.ts';
import type { RowVisibility } from './list-lifecycle.ts';
import { codesOf } from './vocabulary.ts';

/** A change of one household of a list that stands on the site, between two monthly lists. */
export const ROW_CHANGE_KINDS = {
  exit: '退出',
  correct: '更正',
} as const;
export type RowChangeKind = keyof typeof ROW_CHANGE_KINDS;

/** An exit names a reason of rules/list-exits; a correction has one of its own. */
export const ROW_CHANGE_REASONS = {
  ...EXIT_REASONS,
  WRONG: '信息有误',
} as const;
export type RowChangeReason = keyof typeof ROW_CHANGE_REASONS;

export const ROW_CHANGE_STATUSES = {
  proposed: '待审核',
  approved: '已生效',
  refused: '未通过',
} as const;

/** Rows that can still be changed: what was taken down or has left stays as it is. */
export const CHANGEABLE: readonly RowVisibility[] = ['listed', 'withheld', 'held'];

const MOST_MEMBERS = 30;
const MOST_CENTS = 10_000_000;
const MOST_ROWS = 500;

/** What a publisher asks for: exits of any number of households, or the right figures of one. */
export const RowChangeInput = z
  .object({
    batchId: z.string().min(1).max(40),
    rowIds: z
      .array(z.string().min(1).max(60), { error: '勾选要更改的户。' })
      .min(1, '勾选要更改的户。')
      .max(MOST_ROWS, `一次最多更改${MOST_ROWS}户。`),
    kind: z.enum(codesOf(ROW_CHANGE_KINDS), { error: '选择退出还是更正。' }),
    reason: z.enum(codesOf(EXIT_REASONS), { error: '选择退出的原因。' }).optional(),
    /** As typed. */
    members: z.string().trim().max(20).optional(),
    amount: z.string().trim().max(20).optional(),
  })
  .superRefine((input, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (input.kind === 'exit') {
      if (!input.reason) refuse('reason', '选择退出的原因。');
      return;
    }
    if (input.rowIds.length > 1) refuse('rowIds', '更正人数或金额，一次只勾选一户。');
    const members = readMembers(input.members);
    const cents = readCents(input.amount);
    if (members === null) refuse('members', `填写保障人数，1到${MOST_MEMBERS}人。`);
    if (cents === null) refuse('amount', '填写月保障金额，例如640.50。');
  });
export type RowChangeInput = z.infer<typeof RowChangeInput>;

/** The figures of a correction that was checked; null where they cannot be read. */
export function readMembers(text: string | undefined): number | null {
  const digits = (text ?? '').normalize('NFKC').replace(/人$/, '').trim();
  const members = /^\d{1,2}$/.test(digits) ? Number(digits) : 0;
  return members >= 1 && members <= MOST_MEMBERS ? members : null;
}

export function readCents(text: string | undefined): number | null {
  const reading = readAmount({ kind: 'text', value: text ?? '' });
  return 'cents' in reading && reading.cents > 0 && reading.cents <= MOST_CENTS
    ? reading.cents
    : null;
}
