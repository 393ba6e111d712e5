import { z } from 'zod';
import type { CorrectionReason } from './corrections.ts';
import { codesOf } from './vocabulary.ts';

/** Why something is taken off the site at once; a code, so that no one's affairs are written down. */
export const TAKE_DOWN_REASONS = {
  SHOULD_NOT_BE_PUBLIC: '不应公开',
  WRONG: '信息有误',
  LEFT: '已不再享受救助',
  PROTECTED: '依法需要保密',
  OTHER: '其他',
} as const;

export const TakeDown = z.strictObject({
  kind: z.enum(['row', 'list'], { error: '选择撤下一户还是整份名单。' }),
  /** Id of the row or of the batch. */
  id: z.string().min(1).max(60),
  reason: z.enum(codesOf(TAKE_DOWN_REASONS), { error: '选择撤下的原因。' }),
});
export type TakeDown = z.infer<typeof TakeDown>;

export const TAKE_DOWN_STATUSES = {
  pending: '待复核',
  confirmed: '已确认',
  reversed: '已恢复',
} as const;

/** What the corrections page says of a take-down: nothing that lets anyone guess why. */
const PUBLIC_REASONS: Partial<Record<TakeDown['reason'], CorrectionReason>> = {
  WRONG: 'WRONG',
  LEFT: 'LEFT',
};

/** The public reason; null where a household leaves the list without a word. */
export function publicReasonOf({ kind, reason }: TakeDown): CorrectionReason | null {
  return kind === 'row' && reason === 'PROTECTED' ? null : (PUBLIC_REASONS[reason] ?? 'RULES');
}
