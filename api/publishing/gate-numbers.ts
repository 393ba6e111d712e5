import { isValidIdNumber } from '#rules/id-number.ts';
import { BREAK, closeUp } from './gate-text.ts';
import type { Finding } from './refusal.ts';

type NumberKind = Extract<Finding['kind'], 'id-number' | 'mobile-number' | 'long-number'>;

const TOKEN = /[0-9A-Za-z_-]{16,}/g;
/** Ids stand inside longer words too: `notice-<id>-caption`. */
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const HASH = /^[0-9a-f]{64}$/;
const DIGITS = /\d+/g;
const NUMBER = /\d(?:[\d-]*\d)?/g;
/** An ID number in the groups people write it in, whatever stands between them. */
const GROUPED_ID = /\d{6}GAP\d{4}GAP\d{4}GAP\d{3}GAP[\dXx]/.source.replaceAll(
  'GAP',
  '[\\s\\p{Pd}.,/\\\\_·、，．]{0,3}',
);
const GROUPED_IDS = new RegExp(GROUPED_ID, 'gu');
const LONGEST_PLAIN = 10;
const SHORTEST_GROUPED = 15;
/** Eleven digits or more with what may stand between them, and the words they are part of. */
const MANY_DIGITS = /[\w-]*\d(?:[\s-]*\d){10,}[\w-]*(?:\s*[Xx])?/g;
const MOBILE = /^(?:86|0086|0)?1[3-9]\d{9}$/;
const GROUPED_MOBILE = /^1[3-9]\d-\d{4}-\d{4}$/;

/**
 * Finds what looks like a citizen's number: ID numbers with a right check digit (in a longer run too), mobile
 * numbers, and any run of twelve digits or more, which covers old ID numbers and bank accounts; white space
 * and dashes between groups do not help. `known` are codes, salts and phone numbers that are published
 * anyway; SHA-256 hashes are not looked at.
 */
export function findNumber(values: string, known: ReadonlySet<string>): NumberKind | null {
  let found: NumberKind | null = null;
  for (const [candidate] of values.matchAll(MANY_DIGITS)) {
    const kind = judgeDigits(candidate, known);
    if (kind === 'id-number') return kind;
    found ??= kind;
  }
  return hasGroupedId(values) ? 'id-number' : found;
}

function hasGroupedId(values: string): boolean {
  for (const [grouped] of values.matchAll(GROUPED_IDS)) {
    const id = grouped.replaceAll(/[^\dXx]/g, '').toUpperCase();
    if (id.length !== grouped.length && isValidIdNumber(id)) return true;
  }
  return false;
}

/** The same, each with where it stands in the text. */
export function locateNumbers(text: string, known: ReadonlySet<string>) {
  return [...text.matchAll(MANY_DIGITS)].flatMap(({ 0: candidate, index }) => {
    const kind = judgeDigits(candidate, known);
    return kind ? [{ kind, start: index, end: index + candidate.length }] : [];
  });
}

function judgeDigits(candidate: string, known: ReadonlySet<string>): NumberKind | null {
  const text = closeUp(
    candidate
      .replace(UUID, (id) => (known.has(id) ? BREAK : id))
      .replace(TOKEN, (token) => (known.has(token) || HASH.test(token) ? BREAK : token))
      .replace(NUMBER, (digits) => (known.has(digits) ? BREAK : joinGroups(digits))),
  );
  let found: NumberKind | null = null;
  for (const { 0: run, index } of text.matchAll(DIGITS)) {
    if (run.length <= LONGEST_PLAIN) continue;
    const next = text.charAt(index + run.length).toUpperCase();
    if (hasIdNumber(next === 'X' ? `${run}X` : run)) return 'id-number';
    if (MOBILE.test(run)) found ??= 'mobile-number';
    else if (run.length > 11) found ??= 'long-number';
  }
  return found;
}

/** Digits in groups as one run, where they are too many for a date or a landline. */
function joinGroups(digits: string): string {
  const plain = digits.replaceAll('-', '');
  return plain.length >= SHORTEST_GROUPED || GROUPED_MOBILE.test(digits) ? plain : digits;
}

function hasIdNumber(run: string): boolean {
  for (let at = 0; at + 18 <= run.length; at += 1) {
    if (isValidIdNumber(run.slice(at, at + 18))) return true;
  }
  return false;
}
