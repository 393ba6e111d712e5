/** Why something was erased; the code stands on its tombstone and in the audit log. */
const ERASURE_REASONS = {
  'spam-lapsed': '未经验证且判为无关的来件，留存期满',
  'retention-over': '销号后留存期满',
} as const;
/** Days that what was rejected as spam is kept, for a second person to look at. */
export const SPAM_DAYS = 90;
export type ErasureReason = keyof typeof ERASURE_REASONS;
