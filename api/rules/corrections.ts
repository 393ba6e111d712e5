/**
 * The corrections page (更正公告): what was changed of a published list, by township, so that no entry
 * points at a household; a protected one least of all.
 */
export const CORRECTION_KINDS = {
  'row-corrected': '更正金额或人数',
  'row-left': '退出救助，从名单撤下',
  'row-removed': '从名单撤下',
  'row-restored': '恢复列入名单',
  'list-withdrawn': '撤下整份名单',
  'list-restored': '恢复整份名单',
} as const;
export type CorrectionKind = keyof typeof CORRECTION_KINDS;

/** Public reasons; everything that must stay unsaid is `RULES`. */
export const CORRECTION_REASONS = {
  WRONG: '信息有误',
  LEFT: '不再享受救助',
  REVIEWED: '复核后恢复',
  RULES: '按规定不再公开',
} as const;
export type CorrectionReason = keyof typeof CORRECTION_REASONS;
