import { type Cell, isBlankText, textOfCell } from './cell.ts';

export type AmountReading = { cents: number } | { problem: 'amount-missing' | 'amount-unreadable' };

const THOUSANDS = /^\d{1,3}(,\d{3})+(\.\d{1,2})?$/;
const PLAIN = /^\d{1,9}(\.\d{1,2}0*)?$/;
/** A formula leaves 1987.4999999999998 where a person reads 1987.50; more than that is another amount. */
const ROUNDING = 1e-4;

/** Reads a monthly amount in yuan as integer cents: 1260, 900元, ¥1,260.50, １２６０．００. */
export function readAmount(cell: Cell): AmountReading {
  if (cell.kind === 'empty') return { problem: 'amount-missing' };
  if (cell.kind === 'date') return { problem: 'amount-unreadable' };
  if (cell.kind === 'number') return centsOf(cell.value);
  const text = textOfCell(cell);
  if (isBlankText(text)) return { problem: 'amount-missing' };
  const digits = text
    .replace(/^(人民币|RMB|¥|￥)/i, '')
    .replace(/(元|圆)(\/?每?月)?整?$/, '')
    .replace(/^￥|^¥/, '');
  if (!THOUSANDS.test(digits) && !PLAIN.test(digits)) return { problem: 'amount-unreadable' };
  return centsOf(Number(digits.replaceAll(',', '')));
}

function centsOf(yuan: number): AmountReading {
  const cents = Math.round(yuan * 100);
  const readable = Number.isSafeInteger(cents) && cents >= 0 && cents < 1e11;
  if (!readable || Math.abs(yuan * 100 - cents) > ROUNDING) return { problem: 'amount-unreadable' };
  return { cents };
}
