import { weekdayName } from '#rules/holiday-notice.ts';
import { formatDate } from '#site/lib/format.ts';

/** 2026年10月1日（周四）至10月7日（周三），7天 */
export function rangeWords({ from, to }: { from: string; to: string }): string {
  if (from === to) return dayWords(from);
  const end = from.slice(0, 4) === to.slice(0, 4) ? formatDate(to).slice(5) : formatDate(to);
  return `${dayWords(from)}至${end}（${weekdayName(to)}）`;
}

/** 2026年1月4日（周日） */
export function dayWords(day: string): string {
  return `${formatDate(day)}（${weekdayName(day)}）`;
}

/** What is missing, as a sentence with its consequence. */
export function missingWords(years: readonly number[]): string {
  return `${years.join('、')}年的节假日安排还没有装入，跨到这一年的期限都是暂定的。国务院办公厅的通知公布后，在这里装入。`;
}
