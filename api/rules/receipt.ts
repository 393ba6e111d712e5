/**
 * What a citizen takes away: the query code, which opens the follow-up, and the reference number, which
 * opens nothing and may be said on the phone. Random bytes come as an argument.
 */

/** Crockford base32: without I, L, O and U. */
export const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const CODE_BYTES = 10;
export const REFERENCE_BYTES = 4;

const CODE_LENGTH = 17;
const REFERENCE = /^YG-\d{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}$/;
const SEPARATORS = /[\s\-_.·‐‑‒–—―−ー~\u200B-\u200D\u2060\uFEFF]/g;

/** 16 symbols of 80 random bits and a check symbol, without separators. */
export function makeQueryCode(random: Uint8Array): string {
  if (random.length !== CODE_BYTES) throw new RangeError('a query code takes 10 random bytes');
  const symbols = base32(random).slice(0, CODE_LENGTH - 1);
  return symbols + checkSymbol(symbols);
}

export type ParsedCode = { ok: true; code: string } | { ok: false };

/**
 * Reads a code as people type it: lower case, full-width, spaces, dashes, O for 0, I and L for 1. Not
 * `ok` where it cannot be one: a symbol is missing, foreign, or the check symbol does not agree.
 */
export function parseQueryCode(text: string): ParsedCode {
  const code = symbolsOf(text);
  if (code.length !== CODE_LENGTH) return { ok: false };
  if ([...code].some((symbol) => !CODE_ALPHABET.includes(symbol))) return { ok: false };
  return checkSymbol(code.slice(0, -1)) === code.at(-1) ? { ok: true, code } : { ok: false };
}

/** Whether a reference was typed, which many take for the code. */
export function isTypedReference(text: string): boolean {
  return /^YG\d{4}[0-9A-Z]{6}$/.test(symbolsOf(text));
}

function symbolsOf(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(SEPARATORS, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
}

/** In groups, for reading: `7K3F-9QWE-20AB-CDEF-G`. */
export function formatQueryCode(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? code;
}

/** `YG-2026-7K3F-9Q`: random, not counting upward. */
export function makeReference(year: number, random: Uint8Array): string {
  if (random.length !== REFERENCE_BYTES) throw new RangeError('a reference takes 4 random bytes');
  const symbols = base32(random);
  return `YG-${year}-${symbols.slice(0, 4)}-${symbols.slice(4, 6)}`;
}

export function isReference(text: string): boolean {
  return REFERENCE.test(text);
}

/** Whole symbols of five bits; bits that do not fill one are dropped. */
function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const fives = bits.match(/.{5}/g) ?? [];
  return fives.map((five) => CODE_ALPHABET.charAt(Number.parseInt(five, 2))).join('');
}

/** Luhn mod 32: any single wrong symbol is noticed. */
function checkSymbol(symbols: string): string {
  const base = CODE_ALPHABET.length;
  let sum = 0;
  [...symbols].toReversed().forEach((symbol, index) => {
    const addend = CODE_ALPHABET.indexOf(symbol) * (index % 2 === 0 ? 2 : 1);
    sum += Math.floor(addend / base) + (addend % base);
  });
  return CODE_ALPHABET.charAt((base - (sum % base)) % base);
}
