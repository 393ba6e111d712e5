import { unifyForms } from './han-forms.ts';

/** One cell as the file holds it: the kind matters, because a number cell has lost digits that text keeps. */
export type Cell =
  | { kind: 'empty' }
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: number }
  /** A date cell as a civil date, `YYYY-MM-DD`. */
  | { kind: 'date'; value: string };

export const EMPTY_CELL: Cell = { kind: 'empty' };

const INVISIBLE = /[\s\p{Cc}\p{Cf}]+/gu;

/** One form of each character, without any white space, control or zero-width character and without a leading apostrophe. */
export function cleanText(text: string): string {
  return unifyForms(text)
    .replace(INVISIBLE, '')
    .replace(/^['‘’`]+/, '');
}

/** The cell's content as cleaned text; an empty cell is the empty string. */
export function textOfCell(cell: Cell): string {
  if (cell.kind === 'empty') return '';
  return cell.kind === 'text' ? cleanText(cell.value) : String(cell.value);
}

const NOTHING = new Set(['', '-', '--', '—', '——', '/', '\\', '无', '空', '暂无', '未知', '不详']);

/** True where a clerk wrote nothing, or a sign for nothing. */
export function isBlankText(cleaned: string): boolean {
  return NOTHING.has(cleaned);
}
