import type { BoardBatch } from '#routes/staff-board-schemas.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { formatDate, formatMonth } from '#site/lib/format.ts';

/** 2026年10月, or the first and the last day of a notice. */
export function describeTerm({ period, startsAt, endsAt }: BoardBatch): string {
  if (period) return formatMonth(period);
  if (startsAt === null || endsAt === null) return '';
  return `${formatDate(civilDateOf(startsAt))}至${lastNoticeDay(endsAt)}`;
}

/** The last day of a notice whose end is exclusive. */
export function lastNoticeDay(endsAt: number): string {
  return formatDate(civilDateOf(endsAt - 1));
}
