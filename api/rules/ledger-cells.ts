import { formatDate } from './civil-date.ts';
import { LOCKED } from './ledger-columns.ts';
import type { LedgerLead, Typed } from './ledger-lead.ts';
import { maskNarrative } from './mask-text.ts';
import { PROBLEM_TYPES } from './vocabulary.ts';

/** How single cells of the ledgers are worded. */

const NONE = '—';

const yuan = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2 });

export function wordsOf(typed: Typed, words: (value: unknown) => string = String): string {
  if (typed === null) return '';
  return typed === 'locked' ? LOCKED : words(typed.value);
}

/** The first that was answered: what the portal knows goes before what an old ledger said. */
export function firstOf(...cells: string[]): string {
  return cells.find((cell) => cell !== '') ?? '';
}

export function dateOf(value: unknown): string {
  return typeof value === 'string' && value !== '' ? formatDate(value) : '';
}

/** Cents as yuan; the unit stands above the sheet. */
export function moneyOf(value: unknown): string {
  return Number.isSafeInteger(value) ? yuan.format(Number(value) / 100) : String(value);
}

export function labelOf(table: Readonly<Record<string, string>>) {
  return (value: unknown) => {
    const codes: unknown[] = Array.isArray(value) ? value : [value];
    return codes.map((code) => table[String(code)] ?? String(code)).join('、');
  };
}

/** A label of a code that stands in the content of a sealed lead. */
export function known<Code extends string>(
  table: Readonly<Record<Code, string>>,
  code: Code | null,
): string {
  return code === null ? LOCKED : table[code];
}

export function problemsOf({ problems }: Pick<LedgerLead, 'problems'>): string {
  if (problems === null) return LOCKED;
  return problems.map((code) => PROBLEM_TYPES[code].label).join('、') || NONE;
}

export function placeOf(lead: Pick<LedgerLead, 'problems'>, name: string | null): string {
  return name ?? (lead.problems === null ? LOCKED : NONE);
}

export function summaryOf({ text, accusedNames }: LedgerLead): string {
  return text === null ? LOCKED : maskNarrative(text, accusedNames);
}

/** Text that somebody typed in the handling, masked as the complaint's own. */
export function maskedWords({ accusedNames }: LedgerLead, value: unknown): string {
  return maskNarrative(typeof value === 'string' ? value : '', accusedNames);
}

/** 户/人 as the sheet has it: 2/5. */
export function pairOf(one: Typed, other: Typed): string {
  if (one === 'locked' || other === 'locked') return LOCKED;
  if (one === null && other === null) return '';
  return `${wordsOf(one) || '0'}/${wordsOf(other) || '0'}`;
}
