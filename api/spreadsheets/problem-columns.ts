import type { Field } from '#rules/header-aliases.ts';
import type { RejectionReason, WarningReason } from '#rules/recipient.ts';
import type { Header } from './find-header.ts';

/** The columns that a reason is about, best first; `name` and `id` are those of the row's own person. */
const COLUMNS: Partial<Record<RejectionReason | WarningReason, (Field | 'ownName' | 'ownId')[]>> = {
  'name-missing': ['ownName'],
  'name-several': ['ownName'],
  'name-unreadable': ['ownName'],
  'id-missing': ['ownId'],
  'id-unreadable': ['ownId'],
  'id-length': ['ownId'],
  'id-date': ['ownId'],
  'id-check-digit': ['ownId'],
  'id-15-digit': ['ownId'],
  'exit-id-unreadable': ['ownId'],
  duplicate: ['ownId'],
  'duplicate-id': ['ownId'],
  'member-id-missing': ['ownId'],
  'member-id-invalid': ['ownId'],
  'household-missing': ['headId'],
  'protected-unlinked': ['headId'],
  'village-missing': ['village', 'place', 'address'],
  'village-unknown': ['village', 'place', 'town', 'address'],
  'village-alias': ['village', 'place', 'address'],
  'members-missing': ['insured', 'family'],
  'insured-exceeds-family': ['insured'],
  'members-differ': ['family'],
  'head-missing': ['relation', 'ownName'],
  'amount-per-person': ['amount'],
  'aid-type-other': ['aidType', 'category'],
  'start-month-later': ['since'],
  'deceased-noted': ['remark'],
  'amount-missing': ['amount'],
  'amount-unreadable': ['amount'],
  'amount-over-standard': ['amount'],
  'amount-implausible': ['amount'],
  'amount-equals-standard': ['amount'],
  'date-unreadable': ['since'],
  'same-account': ['account'],
  'payee-differs': ['holder'],
  'seq-reused': ['seq'],
  'sex-mismatch': ['sex'],
  'age-mismatch': ['age'],
};

/** The letters of the column that a reason is about, or nothing where the whole line is meant. */
export function columnOfReason(
  header: Header,
  reason: RejectionReason | WarningReason,
): { column?: string } {
  for (const name of COLUMNS[reason] ?? []) {
    const own = name === 'ownName' ? header.head.name : name === 'ownId' ? header.head.id : null;
    const column = name === 'ownName' || name === 'ownId' ? own : header.columns.get(name);
    if (column !== undefined && column !== null && column >= 0) return columnAt(column);
  }
  return {};
}

export function columnAt(column: number): { column: string } {
  return { column: lettersOf(column) };
}

/** The column, counted from 0, that letters name. */
export function columnOfLetters(letters: string): number {
  return [...letters].reduce((at, letter) => at * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** A, B … Z, AA: `column` counts from 0. */
/** The letters of a column counted from 0. */
export function lettersOf(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? lettersOf(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}
