/** The states of an uploaded list, and the steps that lead from one to the next. */

type ListStatusRow = {
  label: string;
  /** Full names stay sealed beside it, for the board and for corrections. */
  keepsNames: boolean;
};

export const LIST_STATUSES = {
  review: { label: '待审查', keepsNames: true },
  approved: { label: '已通过', keepsNames: true },
  rejected: { label: '已退回', keepsNames: false },
  withdrawn: { label: '已撤下', keepsNames: true },
} as const satisfies Record<string, ListStatusRow>;
export type ListStatus = keyof typeof LIST_STATUSES;

export const LIST_STEPS = {
  approve: { from: 'review', to: 'approved' },
  reject: { from: 'review', to: 'rejected' },
  withdraw: { from: 'approved', to: 'withdrawn' },
  restore: { from: 'withdrawn', to: 'approved' },
} as const satisfies Record<string, { from: ListStatus; to: ListStatus }>;
export type ListStep = keyof typeof LIST_STEPS;

export function isOpenTo(step: ListStep, status: ListStatus): boolean {
  return LIST_STEPS[step].from === status;
}

/**
 * What becomes of a row. `withheld` never goes to the web; `taken-down` was there and was removed by a
 * person; `held` is a household someone objected to; `left` no longer receives aid and is not counted.
 */
export const ROW_VISIBILITIES = {
  listed: { label: '公开', isCounted: true },
  withheld: { label: '不公开', isCounted: true },
  'taken-down': { label: '已撤下', isCounted: true },
  held: { label: '有异议，暂缓公开', isCounted: true },
  left: { label: '已退出', isCounted: false },
} as const satisfies Record<string, { label: string; isCounted: boolean }>;
export type RowVisibility = keyof typeof ROW_VISIBILITIES;
type Seen = { visibility: RowVisibility };

/** Shown on the web by its masked name. */
export function isListed({ visibility }: Seen): boolean {
  return visibility === 'listed';
}

/** Never shown by name, as the law or the register has it. */
export function isWithheld({ visibility }: Seen): boolean {
  return visibility === 'withheld';
}
