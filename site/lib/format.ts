const count = new Intl.NumberFormat('zh-CN');
const yuan = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2 });
/** A county's lists repeat a few hundred amounts; Intl is slow. */
const amounts = new Map<number, string>();

/** `2026-11-20` → `2026年11月20日` */
export function formatDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

/** `2026-10` → `2026年10月` */
export function formatMonth(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return `${year}年${number}月`;
}

/** Cents → `1,234.50` without the unit, for table cells whose header names it. */
export function formatAmount(cents: number): string {
  const known = amounts.get(cents);
  if (known !== undefined) return known;
  const text = yuan.format(cents / 100);
  if (amounts.size < 5000) amounts.set(cents, text);
  return text;
}

/** Cents → `1,234.50元` */
export function formatMoney(cents: number): string {
  return `${formatAmount(cents)}元`;
}

/** `1,234` */
export function formatCount(value: number): string {
  return count.format(value);
}
