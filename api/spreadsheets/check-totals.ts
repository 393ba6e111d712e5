import { readAmount } from '#rules/amount.ts';
import { textOfCell } from '#rules/cell.ts';
import type { CellReader, TotalRow } from './list-rows.ts';

/** A household as far as totals count it; a rejected one counts with what is legible. */
export type Counted = {
  line: number;
  persons: number;
  cents: number;
  accepted: boolean;
  repeated: boolean;
  /** The list itself calls it an exit: totals may count it or not. */
  exited: boolean;
};
type Sums = { households: number; persons: number; cents: number };

/**
 * Lines of subtotals and totals that agree with no honest sum: over the rows since the last total or over the
 * whole sheet or file, of all rows, of all but repeated ones, or of the accepted ones.
 */
export function findWrongTotals(
  totals: TotalRow[],
  reader: CellReader,
  sheetRows: Counted[],
  fileRows: Counted[],
): number[] {
  const wrong: number[] = [];
  const seen: { line: number; label: string }[] = [];
  for (const { row } of totals) {
    const printed = readPrinted(row, reader);
    const label = row.cells.map(textOfCell).find((text) => text !== '') ?? '';
    const since = (line: number) =>
      sheetRows.filter((each) => each.line > line && each.line < row.line);
    const ranges = [
      since(seen.at(-1)?.line ?? 0),
      since(seen.findLast((each) => each.label === label)?.line ?? 0),
      since(0),
      fileRows,
    ];
    if (!ranges.some((range) => agreesWithAnySum(printed, range))) wrong.push(row.line);
    seen.push({ line: row.line, label });
  }
  return wrong;
}

function agreesWithAnySum(printed: Partial<Sums>, rows: Counted[]): boolean {
  const staying = rows.filter((row) => !row.exited);
  const bases = [
    rows,
    staying,
    staying.filter((row) => !row.repeated),
    rows.filter((row) => row.accepted),
  ];
  return bases.some((base) => {
    const sums = {
      households: base.length,
      persons: base.reduce((total, row) => total + row.persons, 0),
      cents: base.reduce((total, row) => total + row.cents, 0),
    };
    return (Object.keys(printed) as (keyof Sums)[]).every((key) => printed[key] === sums[key]);
  });
}

function readPrinted(row: TotalRow['row'], reader: CellReader): Partial<Sums> {
  const printed: Partial<Sums> = {};
  for (const cell of row.cells) {
    const text = textOfCell(cell);
    const households = /(\d+)户/.exec(text)?.[1];
    const persons = /(\d+)人/.exec(text)?.[1];
    if (households !== undefined) printed.households = Number(households);
    if (persons !== undefined) printed.persons = Number(persons);
  }
  const insured = /^\d+/.exec(reader.text(row, 'insured'))?.[0];
  if (insured !== undefined) printed.persons = Number(insured);
  const amount = readAmount(reader.cell(row, 'amount'));
  if ('cents' in amount) printed.cents = amount.cents;
  return printed;
}
