import { daysBetween } from './civil-date.ts';

/** How near a due day is, the most urgent first. */
export const DUE_STAGES = {
  overdue: '已逾期',
  today: '今天到期',
  soon: '3天内到期',
  week: '7天内到期',
} as const;
export type DueStage = keyof typeof DUE_STAGES;

/** Days ahead that the lists look. */
export const DUE_HORIZON = 7;
const SOON_DAYS = 3;

/** For a day within the horizon. */
export function dueStageOf(dueOn: string, today: string): DueStage {
  const days = daysBetween(today, dueOn);
  if (days < 0) return 'overdue';
  if (days === 0) return 'today';
  return days <= SOON_DAYS ? 'soon' : 'week';
}
