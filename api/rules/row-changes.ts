/** A change of one household of a list that stands on the site, between two monthly lists. */
export const ROW_CHANGE_KINDS = {
  exit: '退出',
  correct: '更正',
} as const;
export type RowChangeKind = keyof typeof ROW_CHANGE_KINDS;

/** An exit names a reason of rules/list-exits; a correction has one of its own. */
export const ROW_CHANGE_REASONS = {
  FAVOUR: '清退“关系保”“人情保”',
  POLICY: '清退“政策保”',
  DEATH: '死亡',
  OTHER: '其他（收入、家庭情况变化等）',
  WRONG: '信息有误',
} as const;
export type RowChangeReason = keyof typeof ROW_CHANGE_REASONS;
