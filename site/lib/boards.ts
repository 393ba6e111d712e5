import type { BoardBatch } from '#routes/staff-board-schemas.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { LIST_KINDS } from '#rules/list-kinds.ts';
import { AID_TYPES } from '#rules/vocabulary.ts';
import { formatDate, formatMonth } from '#site/lib/format.ts';

/** 农村低保在保名单 */
export function nameBatch({ aidType, kind }: BoardBatch): string {
  return `${AID_TYPES[aidType]}${LIST_KINDS[kind].label}`;
}

/** 2026年10月, or the first and the last day of a notice. */
export function describeTerm({ period, startsAt, endsAt }: BoardBatch): string {
  if (period) return formatMonth(period);
  if (startsAt === null || endsAt === null) return '';
  return `${formatDate(civilDateOf(startsAt))}至${lastDayOf(endsAt)}`;
}

/** The last day of a notice whose end is exclusive. */
export function lastDayOf(endsAt: number): string {
  return formatDate(civilDateOf(endsAt - 1));
}
