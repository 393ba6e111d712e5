import { readExitReason } from '#rules/exit-words.ts';
import { type IdReading, readIdNumber } from '#rules/id-number.ts';
import type { ExitReason } from '#rules/list-exits.ts';
import type { CellReader } from './cell-reader.ts';
import { readCount } from './read-count.ts';
import { idCellOf } from './read-members.ts';
import type { SheetRow } from './sheet.ts';

/** A row that the list calls an exit; persons and cents only to compare printed totals. */
export type ExitReading = {
  line: number;
  id: IdReading;
  reason: ExitReason | null;
  persons: number;
  cents: number;
};

export function readExit(row: SheetRow, reader: CellReader): ExitReading {
  const amount = reader.amount(row);
  const stated = [reader.text(row, 'exitReason'), reader.text(row, 'remark')];
  return {
    line: row.line,
    id: readIdNumber(idCellOf(row, reader)),
    reason: readExitReason(reader.text(row, 'change'), stated),
    persons: readCount(reader.text(row, reader.has('insured') ? 'insured' : 'family')) ?? 0,
    cents: 'cents' in amount ? amount.cents : 0,
  };
}
