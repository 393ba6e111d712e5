import type { Cell } from '#rules/cell.ts';

/** A merged range; rows are line numbers (from 1), columns count from 0, both ends included. */
export type Merge = { fromLine: number; toLine: number; fromColumn: number; toColumn: number };

export type SheetRow = { line: number; hidden: boolean; cells: Cell[] };

/** One sheet as the file holds it. Rows without any content may be absent. */
export type Sheet = {
  name: string;
  hidden: boolean;
  rows: SheetRow[];
  merges: Merge[];
  /** Day serials count from 1904 (old Mac files). */
  date1904: boolean;
};

/** A county lists some ten thousand households; what is read is held in memory whole. */
export const MAX_ROWS = 100_000;
export const MAX_COLUMNS = 500;
/** What Excel takes in one cell. */
export const MAX_CELL_CHARACTERS = 32_767;
