import { z } from 'zod';
import { codesOf } from './vocabulary.ts';

/** Why a household that somebody objected to is shown again; codes, so that no one's affairs are written down. */
export const HOLD_RELEASES = {
  UNFOUNDED: '异议不成立',
  REINVESTIGATED: '已重新调查',
} as const;

export const HoldRelease = z.strictObject({
  reason: z.enum(codesOf(HOLD_RELEASES), { error: '选择恢复公开的原因。' }),
});
export type HoldRelease = z.infer<typeof HoldRelease>;
