import { AID, AMOUNT, DISPOSITION, FINDING, OPINION, PUBLIC_REPLY } from './lifecycle-fields.ts';
import type { Field } from './transition-fields.ts';

/** What is asked where an investigation ends. */

/** What became of households and of those responsible, as the ledgers count it; empty is nothing. */
const RESULT_COUNTS: readonly Field[] = [
  resultCount('clearedHouseholds', '清退户数'),
  resultCount('clearedPersons', '清退人数'),
  resultCount('admittedHouseholds', '纳入户数'),
  resultCount('admittedPersons', '纳入人数'),
  resultCount('heldToAccount', '问责人数'),
];

export const CONCLUSION: readonly Field[] = [
  FINDING,
  DISPOSITION,
  AID,
  AMOUNT,
  ...RESULT_COUNTS,
  ...OPINION,
  PUBLIC_REPLY,
];

function resultCount(name: string, label: string): Field {
  return { name, label, kind: 'number', required: false, max: 100_000 };
}
