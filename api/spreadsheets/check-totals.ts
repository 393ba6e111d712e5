import { textOfCell } from '#rules/cell.ts';
import type { CellReader } from './cell-reader.ts';
import type { TotalRow } from './list-rows.ts';

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
 * Lines of subtotals and totals that agree with no honest sum: over the rows since the last total, since the
 * last one of its kind, up to the next one, or over the whole sheet or file, of all rows, of all but repeated
 * ones, or of the accepted ones.
 */
export function findWrongTotals(
  totals: TotalRow[],
  reader: CellReader,
  sheetRows: Counted[],
  fileRows: Counted[],
): number[] {
  const wrong: number[] = [];
  const seen: { line: number; label: string; kind: string }[] = [];
  for (const [at, { row }] of totals.entries()) {
    const printed = readPrinted(row, reader);
    const label = row.cells.map(textOfCell).find((text) => text !== '') ?? '';
    const kind = kindOf(row);
    const between = (from: number, to: number) =>
      sheetRows.filter((each) => each.line > from && each.line < to);
    const since = (line: number) => between(line, row.line);
    const ranges = [
      since(seen.at(-1)?.line ?? 0),
      since(seen.findLast((each) => each.label === label)?.line ?? 0),
      since(seen.findLast((each) => each.kind === kind)?.line ?? 0),
      // A subtotal may stand above its rows.
      between(row.line, totals[at + 1]?.row.line ?? Number.POSITIVE_INFINITY),
      since(0),
      fileRows,
    ];
    if (!ranges.some((range) => agreesWithAnySum(printed, range))) wrong.push(row.line);
    seen.push({ line: row.line, label, kind });
  }
  return wrong;
}

/** 青山镇合计 and 龙湾乡合计 are of one kind, 柳树村小计 is of another. */
function kindOf(row: TotalRow['row']): string {
  const text = row.cells.map(textOfCell).join('');
  const [, place = '', word = ''] =
    /([镇乡道办村区居]?)(小计|合计|总计|共计|累计)/.exec(text) ?? [];
  return `${/[镇乡道办]/.test(place) ? '镇' : place && '村'}${word}`;
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
  const amount = reader.amount(row);
  if ('cents' in amount) printed.cents = amount.cents;
  return printed;
}
