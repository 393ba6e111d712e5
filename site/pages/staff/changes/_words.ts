import type { z } from 'zod';
import type { HeldList, RowChangeList, TakeDownList } from '#routes/staff-change-schemas.ts';
import { ROW_VISIBILITIES } from '#rules/list-lifecycle.ts';
import type { RowVisibility } from '#rules/list-lifecycle.ts';
import { ROW_CHANGE_REASONS } from '#rules/row-changes.ts';
import { TAKE_DOWN_REASONS } from '#rules/take-down.ts';
import { formatCount, formatMoney } from '#site/lib/format.ts';

export type Change = z.infer<typeof RowChangeList>['items'][number];
export type TakenDown = z.infer<typeof TakeDownList>['items'][number];
export type HeldRow = z.infer<typeof HeldList>['items'][number];
type Row = { maskedName: string | null; visibility: RowVisibility };

/** The masked name; without one what the household is. */
export function nameHousehold({ maskedName, visibility }: Row): string {
  return maskedName ?? ROW_VISIBILITIES[visibility].label;
}

/** `Sheet1第12行` */
export function nameLine({ sheet, line }: { sheet: string | null; line: number }): string {
  return `${sheet ?? ''}第${line}行`;
}

/** `1人，640.00元` */
export function nameFigures(members: number, amountCents: number): string {
  return `${formatCount(members)}人，${formatMoney(amountCents)}`;
}

/** What a change does, in words. */
export function describeChange(change: Change): string {
  if (change.kind === 'exit') return `退出：${ROW_CHANGE_REASONS[change.reason]}`;
  return `更正为${nameFigures(change.newMembers ?? 0, change.newAmountCents ?? 0)}`;
}

/** What was taken down, and why. */
export function describeTakeDown(taken: TakenDown): string {
  const what =
    taken.kind === 'row' ? '撤下一户' : `撤下整份名单（${formatCount(taken.households)}户）`;
  return `${what}：${TAKE_DOWN_REASONS[taken.reason]}`;
}
