import { type Cell, isBlankText, textOfCell } from './cell.ts';

/** Days from the 1900 system's day 0 to 1970-01-01; the 1904 system starts 1,462 days later. */
const EPOCH_SERIAL = 25_569;
const DAYS_1904 = 1462;
const DAY_MS = 86_400_000;

const SEPARATED =
  /^(\d{4})[.。、—–\-_/年](\d{1,2})(?:[.。、—–\-_/月](?:份|(\d{1,2})[日号]?(?:T?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?)?)?(?:起|至今)?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})?$/;

/**
 * Reads the month aid began as `YYYY-MM`: 2021.6, 2021年6月, 202106, 2021/6/1, 2021-06-01, date cells, and a
 * day serial in a number cell. Null where it cannot be read; the number 2021.1 is refused, because a number
 * cell shows January and October alike.
 */
export function readStartMonth(cell: Cell, date1904 = false): string | null {
  if (cell.kind === 'empty') return null;
  if (cell.kind === 'date') return cell.value.slice(0, 7);
  if (cell.kind === 'number') return monthOfNumber(cell.value, date1904);
  const text = textOfCell(cell);
  if (isBlankText(text)) return null;
  return monthOfText(readHanDigits(text));
}

/** 二〇二一年六月 as 2021年6月. */
function readHanDigits(text: string): string {
  const han = /^([〇零○一二三四五六七八九]{4})年(十?[一二三四五六七八九]?)(?=月)/;
  return text.replace(han, (whole, year: string, month: string) => {
    const digits = [...year].map((each) =>
      '〇一二三四五六七八九'.indexOf(each.replace(/[零○]/, '〇')),
    );
    const ones = '〇一二三四五六七八九'.indexOf(month.replace('十', '') || '〇');
    return month === '' ? whole : `${digits.join('')}年${ones + (month.startsWith('十') ? 10 : 0)}`;
  });
}

function monthOfNumber(value: number, date1904: boolean): string | null {
  if (Number.isInteger(value) && value >= 190_001) return monthOfText(String(value));
  const serial = date1904 ? value + DAYS_1904 : value;
  if (serial >= 20_000 && serial <= 60_000) {
    return new Date((Math.floor(serial) - EPOCH_SERIAL) * DAY_MS).toISOString().slice(0, 7);
  }
  const text = String(value);
  return /^\d{4}\.1$/.test(text) ? null : monthOfText(text);
}

function monthOfText(text: string): string | null {
  const parts = SEPARATED.exec(text) ?? COMPACT.exec(text);
  if (parts === null) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 1)];
  const possible = year >= 1950 && year <= 2100 && month >= 1 && month <= 12;
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (!possible || day < 1 || day > lastDay) return null;
  return `${year}-${String(month).padStart(2, '0')}`;
}
