export { formatDate, formatMonth } from '#rules/civil-date.ts';

const count = new Intl.NumberFormat('zh-CN');
const yuan = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2 });
/** A county's lists repeat a few hundred amounts; Intl is slow. */
const amounts = new Map<number, string>();

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
  // Nothing to separate; Intl is slow.
  return Number.isInteger(value) && Math.abs(value) < 1000 ? String(value) : count.format(value);
}

/** Sizes of files: 3 KB, 12.5 MB. */
export function formatBytes(bytes: number): string {
  const kilobytes = bytes / 1024;
  if (kilobytes < 1024) return `${Math.max(1, Math.round(kilobytes))} KB`;
  return `${(kilobytes / 1024).toFixed(1).replace(/\.0$/, '')} MB`;
}
