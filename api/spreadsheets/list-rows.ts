import type { CellReader } from './cell-reader.ts';
import { classifyRow, startsHousehold } from './classify-row.ts';
import type { PersonColumns } from './find-header.ts';
import type { Sheet, SheetRow } from './sheet.ts';

export type TotalRow = { kind: 'total'; row: SheetRow };
/** A head's row and the member rows below it. */
export type HouseholdRows = {
  kind: 'household';
  row: SheetRow;
  memberRows: SheetRow[];
  /** Where the row's own person is a member and the head stands in columns beside. */
  head?: PersonColumns;
};
/** A household that the list itself calls an exit; no recipient. */
export type ExitRow = { kind: 'exit'; row: SheetRow };
/** A member's row without a head above it. */
export type StrayRow = { kind: 'stray'; row: SheetRow };
export type ListEntry = HouseholdRows | TotalRow | ExitRow | StrayRow;

/** Sorts the rows below the header: households with their member rows, totals; the rest is left out. */
export function readEntries(sheet: Sheet, reader: CellReader): ListEntry[] {
  const entries: ListEntry[] = [];
  let current: HouseholdRows | null = null;
  let afterExit = false;
  for (const row of sheet.rows) {
    if (row.line <= reader.header.lastLine) continue;
    const kind = classifyRow(row, reader);
    const startsHere = startsHousehold(
      row,
      kind === 'head' ? null : (current?.row ?? null),
      reader,
    );
    if (kind === 'head' || (kind === 'member' && startsHere)) {
      const { columns } = reader.header;
      const head = { name: columns.get('headName') ?? -1, id: columns.get('headId') ?? null };
      current = { kind: 'household', row, memberRows: kind === 'head' ? [] : [row], head };
      entries.push(current);
    } else if (kind === 'member') {
      if (current) current.memberRows.push(row);
      else if (!afterExit) entries.push({ kind: 'stray', row });
    }
    if (kind === 'total' || kind === 'exit') entries.push({ kind, row });
    if (kind === 'exit') {
      current = null;
      afterExit = true;
    }
    if (kind === 'household') {
      current = { kind, row, memberRows: [] };
      entries.push(current);
    }
  }
  return entries;
}
