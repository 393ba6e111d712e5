/** Why a household is no longer on a list: the four columns of annex 2 of the national ledger (c3–c10). */
export const EXIT_REASONS = {
  FAVOUR: '清退“关系保”“人情保”',
  POLICY: '清退“政策保”',
  DEATH: '死亡',
  OTHER: '其他（收入、家庭情况变化等）',
} as const;
export type ExitReason = keyof typeof EXIT_REASONS;

/** A row that a list's own column calls an exit. Holds an ID number: keep it in memory. */
export type ListExit = {
  sheet?: string;
  line: number;
  idNumber: string;
  reason: ExitReason | null;
};
