import { unifyHan } from '#rules/han-forms.ts';

/** Turns what is about to go live into the values a reader, a machine or a copy would find in it. */

/** Stands between two values; neither white space, nor a digit, nor Han. */
export const BREAK = '\u0001';

/** Tags that do not divide words: a number or name spread over them is still one. */
const INLINE = /^\/?(abbr|b|bdi|bdo|big|em|i|mark|s|small|span|strong|sub|sup|u|wbr)\b/i;
const TAG = /<!--[\s\S]*?-->|<(\/?[a-zA-Z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/g;
const ATTRIBUTE = /=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;
const ENTITY = /&(?:#x([0-9a-f]+)|#(\d+)|(nbsp|amp|lt|gt|quot|apos|ensp|emsp|thinsp|zwnj|zwj));/gi;
const NAMED: Record<string, string> = {
  nbsp: ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  zwnj: '',
  zwj: '',
};

/** What a tag says: whether it divides words, and the values of its attributes. */
type Tag = { isInline: boolean; values: readonly string[] };
/** A tag without `<` or `>` in its attributes; any other page is read tag by tag. */
const PLAIN_TAG = /^(\/?[a-zA-Z][^\s/>"'<]*)((?:[^"'<>]|"[^"<>]*"|'[^'<>]*')*)$/;
const DOCTYPE = '!DOCTYPE html';
/** Tags that are kept; most are the same on every page. */
const KEPT = 20_000;

/** Reads the text nodes, attribute values and comments of pages. */
export function createHtmlReader() {
  const known = new Map<string, Tag | null>([[DOCTYPE, { isInline: false, values: [] }]]);

  /** Null where it is not plain. */
  function readTag(source: string): Tag | null {
    const kept = known.get(source);
    if (kept !== undefined) return kept;
    const [, name, attributes = ''] = PLAIN_TAG.exec(source) ?? [];
    const values = listAttributes(attributes).map(decodeEntities).map(detach);
    const tag = name === undefined ? null : { isInline: INLINE.test(name), values };
    if (known.size < KEPT) known.set(detach(source), tag);
    return tag;
  }

  return function listHtmlValues(html: string): string[] {
    const values: string[] = [];
    let at = html.indexOf('<');
    let open = at < 0 ? html : html.slice(0, at);
    while (at >= 0) {
      const end = html.indexOf('>', at);
      const tag = end < 0 ? null : readTag(html.slice(at + 1, end));
      if (!tag) return listValuesByTag(html);
      at = html.indexOf('<', end);
      const text = html.slice(end + 1, at < 0 ? html.length : at);
      if (text.includes('>')) return listValuesByTag(html);
      for (const value of tag.values) values.push(value);
      if (tag.isInline) open += text;
      else {
        values.push(decodeEntities(open));
        open = text;
      }
    }
    values.push(decodeEntities(open));
    return values;
  };
}

/** The same of a page with comments or with brackets in attributes, at three times the cost. */
function listValuesByTag(html: string): string[] {
  const aside: string[] = [];
  const text = html.replace(TAG, (tag, name?: string, attributes?: string) => {
    if (name === undefined) aside.push(tag);
    else if (attributes) aside.push(...listAttributes(attributes));
    return name !== undefined && INLINE.test(name) ? '' : BREAK;
  });
  return [...text.split(BREAK), ...aside].map(decodeEntities);
}

/** A copy: a part of a page that is kept would keep the whole page in memory. */
export function detach(part: string): string {
  return Buffer.from(part, 'utf16le').toString('utf16le');
}

function listAttributes(attributes: string): string[] {
  const values = attributes.matchAll(ATTRIBUTE);
  return Array.from(values, (match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name) return NAMED[name.toLowerCase()] ?? whole;
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

/** All strings and numbers of a JSON value, keys included. */
export function listJsonValues(value: unknown): string[] {
  const parts: string[] = [];
  collect(value, parts);
  return parts;
}

const MONEY = 'amountCents';

function collect(value: unknown, parts: string[]): void {
  if (typeof value === 'string') parts.push(value);
  else if (typeof value === 'number') parts.push(String(value));
  else if (Array.isArray(value)) for (const item of value) collect(item, parts);
  else if (value && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      parts.push(key);
      // As the page writes it: a county's money in cents has as many digits as a mobile number.
      if (key === MONEY && typeof item === 'number') parts.push((item / 100).toFixed(2));
      else collect(item, parts);
    }
  }
}

const INVISIBLE = /[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]+/gu;
/** Digits, X and hyphens. */
const OTHER_WIDTH = /[\uff10-\uff19\uff38\uff58\uff0d\ufe63]/g;
const HYPHEN = /[\u2010\u2011\u2212]/g;
const DOT = /[•‧・．∙⋅]/g;

/** One spelling: full-width digits as ASCII, one hyphen, one middle dot, each Han character once, nothing invisible. */
export function normaliseValues(values: string): string {
  return unifyHan(values)
    .replace(INVISIBLE, '')
    .replace(OTHER_WIDTH, (character) => character.normalize('NFKC'))
    .replace(HYPHEN, '-')
    .replace(DOT, '·');
}

/** Without white space; breaks stay. */
export function closeUp(values: string): string {
  return values.replace(/\s+/g, '');
}
