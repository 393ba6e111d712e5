import { addDays, isDate, startOfDay } from './civil-date.ts';
import { isNotice } from './list-kinds.ts';
import type { ListKind, NoticeKind, NoticeUnit } from './list-kinds.ts';
import type { NoticePlan } from './notice-term.ts';

const MAX_NOTICE_DAYS = 60;
/** How far ahead a notice may be planned; beyond it the year was mistyped. */
const MAX_DAYS_AHEAD = 366;
const HOUR_MS = 3_600_000;

/** How long the county lets each kind run. */
export type NoticeDefaults = { days: Record<NoticeKind, number>; unit: NoticeUnit };

/** What was stated of a notice; what is absent is the county's default, no date is from the approval. */
export type StatedNotice = {
  noticeDays?: number | undefined;
  noticeUnit?: NoticeUnit | undefined;
  /** Civil date. */
  noticeDate?: string | undefined;
  noticeHour?: number | undefined;
};

export function isNoticeLength(days: number): boolean {
  return Number.isInteger(days) && days >= 1 && days <= MAX_NOTICE_DAYS;
}

/** How a list of this kind is to run: null for one that stands until it is replaced. */
export function planNotice(
  kind: ListKind,
  stated: StatedNotice,
  defaults: NoticeDefaults,
): NoticePlan | null {
  if (!isNotice(kind)) return null;
  const { noticeDate, noticeHour = 0 } = stated;
  return {
    days: stated.noticeDays ?? defaults.days[kind],
    unit: stated.noticeUnit ?? defaults.unit,
    from: noticeDate === undefined ? null : startOfDay(noticeDate) + noticeHour * HOUR_MS,
  };
}

/** What is wrong with the day a notice is to begin, in words for the field; null where nothing is. */
export function refuseNoticeDate(date: string | undefined, today: string): string | null {
  if (date === undefined) return null;
  if (!isDate(date)) return '填写存在的日期，例如2026-12-01。';
  if (date < today) return '公示开始日期不能早于今天。';
  return date > addDays(today, MAX_DAYS_AHEAD) ? '公示开始日期太远，核对年份。' : null;
}
