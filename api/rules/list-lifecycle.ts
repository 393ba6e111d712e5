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
} as const satisfies Record<string, { from: ListStatus; to: ListStatus }>;
export type ListStep = keyof typeof LIST_STEPS;

export function isOpenTo(step: ListStep, status: ListStatus): boolean {
  return LIST_STEPS[step].from === status;
}
