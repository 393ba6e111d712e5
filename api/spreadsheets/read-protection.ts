import { cleanText } from '#rules/cell.ts';
import type { Field } from '#rules/header-aliases.ts';
import { asksForConfidence, isMarkedProtected, namesProtectedIllness } from '#rules/confidence.ts';
import type { CellReader } from './cell-reader.ts';
import type { SheetRow } from './sheet.ts';

/** Places and banks may be called anything. */
const NAMES_OF_THINGS: Field[] = [
  'town',
  'village',
  'place',
  'address',
  'group',
  'bank',
  'district',
];
/** Cleaning every cell of a long list would take as long as all the rest. */
const WORTH_READING = /[密私公张上滋疫匿隐化护露外染网布HhＨｈAaＡａ]/;

/**
 * The column, counted from 0, that keeps the row's household off the web: any cell that asks for confidence or
 * names an illness that obliges to silence, whatever its column is called; null where there is none.
 */
export function findProtection(row: SheetRow, reader: CellReader): number | null {
  const { columns } = reader.header;
  if (isMarkedProtected(reader.text(row, 'mayPublish'), reader.text(row, 'mustProtect'))) {
    return columns.get(reader.has('mustProtect') ? 'mustProtect' : 'mayPublish') ?? 0;
  }
  if (says(reader.text(row, 'remark'))) return columns.get('remark') ?? 0;
  const things = NAMES_OF_THINGS.map((field) => columns.get(field));
  for (const [column, cell] of row.cells.entries()) {
    if (cell.kind !== 'text' || !WORTH_READING.test(cell.value)) continue;
    if (!things.includes(column) && says(cleanText(cell.value))) return column;
  }
  return null;
}

function says(text: string): boolean {
  return asksForConfidence(text) || namesProtectedIllness(text);
}
