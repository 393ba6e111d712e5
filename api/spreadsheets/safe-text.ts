import { MAX_CELL_CHARACTERS } from './sheet.ts';

/** Text as XML can hold it; a string cell is never read as a formula. */
export function safeText(text: string): string {
  const plain = text.toWellFormed().replaceAll(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, '');
  return plain.slice(0, MAX_CELL_CHARACTERS);
}
