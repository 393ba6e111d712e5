import { LIST_KINDS } from '#rules/list-kinds.ts';
import type { ListKind } from '#rules/list-kinds.ts';
import { LIST_STATUSES, ROW_VISIBILITIES } from '#rules/list-lifecycle.ts';
import type { RowVisibility } from '#rules/list-lifecycle.ts';
import { AID_TYPES } from '#rules/vocabulary.ts';
import type { AidType } from '#rules/vocabulary.ts';
import { formatMonth } from '#site/lib/format.ts';

/** States of a list, in a word and a colour. */
export const BATCH_STATUS = {
  review: { ...LIST_STATUSES.review, kind: 'active' },
  approved: { ...LIST_STATUSES.approved, kind: 'done' },
  rejected: { ...LIST_STATUSES.rejected, kind: 'late' },
  withdrawn: { ...LIST_STATUSES.withdrawn, kind: 'plain' },
} as const;

export function nameAidType(code: string): string {
  return AID_TYPES[code as AidType] ?? code;
}

/** `2026年10月农村低保` */
export function nameAidMonth({ period, aidType }: { period: string; aidType: string }): string {
  return `${formatMonth(period)}${nameAidType(aidType)}`;
}

/** `2026年10月农村低保名单`, `2026年10月农村低保审核公示` */
export function nameList(list: { period: string; aidType: string; kind: ListKind }): string {
  const kind = list.kind === 'LIST' ? '名单' : LIST_KINDS[list.kind].label;
  return `${nameAidMonth(list)}${kind}`;
}

/** The name as the web shows it, or in a word why it shows none. */
export function nameRow(row: { maskedName: string | null; visibility: RowVisibility }): string {
  const { maskedName, visibility } = row;
  return visibility === 'listed' && maskedName !== null
    ? maskedName
    : ROW_VISIBILITIES[visibility].label;
}
