import { type Cell, isBlankText, textOfCell } from './cell.ts';

export type AmountReading = { cents: number } | { problem: 'amount-missing' | 'amount-unreadable' };

const THOUSANDS = /^\d{1,3}(,\d{3})+(\.\d{1,2})?$/;
const PLAIN = /^\d{1,9}(\.\d{0,6})?$/;
/** A formula leaves 1987.4999999999998 where a person reads 1987.50; more than that is another amount. */
const ROUNDING = 1e-4;

/** No household is paid so much a month: where a column says 万元 and a row 500, one of them is wrong. */
const MAX_CONVERTED_CENTS = 10_000_000;

/**
 * Reads a monthly amount as integer cents: 1260, 900元, ¥1,260.50, １２６０．００, 0.09万元. `yuan` is what one
 * is worth where the cell itself names no unit.
 */
export function readAmount(cell: Cell, yuan = 1): AmountReading {
  if (cell.kind === 'empty') return { problem: 'amount-missing' };
  if (cell.kind === 'date') return { problem: 'amount-unreadable' };
  if (cell.kind === 'number') return centsOf(cell.value, yuan);
  const text = textOfCell(cell);
  if (isBlankText(text)) return { problem: 'amount-missing' };
  const digits = text
    .replace(/^(每?月)?(人民币|RMB|¥|￥)?/i, '')
    .replace(/(元|圆)(\/?每?月)?整?$/, '')
    .replace(/万$/, '');
  const named = /万元?(\/?每?月)?整?$/.test(text) ? 10_000 : /[元圆]/.test(text) ? 1 : yuan;
  if (!THOUSANDS.test(digits) && !PLAIN.test(digits)) return { problem: 'amount-unreadable' };
  return centsOf(Number(digits.replaceAll(',', '')), named);
}

function centsOf(value: number, unit: number): AmountReading {
  const yuan = value * unit;
  const cents = Math.round(yuan * 100);
  if (unit > 1 && cents > MAX_CONVERTED_CENTS) return { problem: 'amount-unreadable' };
  const readable = Number.isSafeInteger(cents) && cents >= 0 && cents < 1e11;
  if (!readable || Math.abs(yuan * 100 - cents) > ROUNDING) return { problem: 'amount-unreadable' };
  return { cents };
}
