/**
 * Civil dates are `YYYY-MM-DD` text in Asia/Shanghai; months are `YYYY-MM`. Instants are epoch
 * milliseconds.
 */

const DAY_MS = 86_400_000;
// China has had one time zone without daylight saving since 1992.
const SHANGHAI_AHEAD_MS = 8 * 3_600_000;
const SINCE = Date.parse('1992-01-01T00:00:00+08:00');
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

// Knows the years before; slow.
const shanghai = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The civil date in Shanghai at an instant. */
export function civilDateOf(instant: number): string {
  return instant >= SINCE ? dateOf(instant + SHANGHAI_AHEAD_MS) : shanghai.format(instant);
}

/** The instant at which a civil date begins in Shanghai. */
export function startOfDay(date: string): number {
  return utcOf(date) - SHANGHAI_AHEAD_MS;
}

/** Whether the text is a date that exists. */
export function isDate(text: string): boolean {
  const parts = DATE.exec(text);
  return parts !== null && text === dateOf(Date.parse(`${text}T00:00:00Z`));
}

export function isMonth(text: string): boolean {
  return MONTH.test(text);
}

/** `days` may be negative. */
export function addDays(date: string, days: number): string {
  return dateOf(utcOf(date) + days * DAY_MS);
}

/** Days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utcOf(to) - utcOf(from)) / DAY_MS);
}

/** 0 is Sunday. */
export function weekdayOf(date: string): number {
  return new Date(utcOf(date)).getUTCDay();
}

export function addMonths(month: string, months: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  const year = String(Math.floor(index / 12)).padStart(4, '0');
  return `${year}-${String((index % 12) + 1).padStart(2, '0')}`;
}

export function lastDayOf(month: string): string {
  return addDays(`${addMonths(month, 1)}-01`, -1);
}

/** 2026年11月20日 */
export function formatDate(date: string): string {
  const [year, month, day] = date.split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
}

/** 2026年11月 */
export function formatMonth(month: string): string {
  return `${month.slice(0, 4)}年${Number(month.slice(5))}月`;
}

function utcOf(date: string): number {
  const time = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(time)) throw new RangeError('not a civil date');
  return time;
}

function dateOf(time: number): string {
  return Number.isNaN(time) ? '' : new Date(time).toISOString().slice(0, 10);
}
