import type { SearchFile } from './public-search.ts';
import type { SearchKind } from './search-kinds.ts';

/**
 * Finds places, procedures, standards and hotlines by what a visitor typed: any part of a name or number,
 * pinyin from any syllable, initials, or a mixture of both. Runs in the browser; nothing typed leaves it.
 */

export type Found = { kind: SearchKind; title: string; note: string; href: string };
export type SearchIndex = readonly Item[];

type Item = Found & {
  /** What is compared: the title and the note, in lower case. */
  text: string;
  /** Of the title alone. */
  name: string;
  /** The township a village lies in, so that 青山镇槐荫村 is found too. */
  around: string;
  /** Readings of each character of the title, and of the township. */
  spelt: () => Spelling;
  aroundSpelt: () => Spelling;
  /** Places before anything else, so that a village stands before the hotline of its township. */
  rank: number;
};
type Spelling = readonly (readonly string[])[];

export function createSearchIndex({ areas, entries, readings }: SearchFile): SearchIndex {
  const syllables = new Map(Object.entries(readings).map(([c, r]) => [c, r.split(' ')]));
  /** Spelt out when first asked for: most visitors type Han. */
  function speller(name: string): () => Spelling {
    let spelt: Spelling | undefined;
    return () => (spelt ??= [...name].map((each) => syllables.get(each) ?? [each]));
  }
  function createItem(found: Found, own: Pick<Item, 'text' | 'around' | 'rank'>): Item {
    const name = fold(found.title);
    const text = `${name} ${own.text}`;
    return { ...found, ...own, name, text, spelt: speller(name), aroundSpelt: speller(own.around) };
  }
  function createPlace(code: string, title: string, around: string): Item {
    const found: Found = { kind: 'place', title, note: around, href: `/places/${code}/` };
    return createItem(found, { text: code.toLowerCase(), around: fold(around), rank: 0 });
  }
  const [county] = areas;
  const places = areas.flatMap(({ code, name: area, prefix, codes, names }) => {
    const around = code === county?.code ? '' : area;
    return names.map((name, index) => createPlace(prefix + (codes[index] ?? ''), name, around));
  });
  const others = entries.map((entry) => {
    const note = fold(entry.note);
    const text = `${note} ${note.replaceAll('-', '')}`;
    return createItem(entry, { text, around: '', rank: 1 });
  });
  const whole = county ? [createPlace(county.code, county.name, '')] : [];
  return [...whole, ...places, ...others];
}

/** What is found, the best first. Nothing typed, nothing found. */
export function search(items: SearchIndex, typed: string): Found[] {
  const words = fold(typed)
    .split(/[\s,，、]+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const found: { item: Item; score: number }[] = [];
  for (const item of items) {
    const score = scoreOf(item, words);
    if (score > 0) found.push({ item, score });
  }
  return found
    .toSorted((a, b) => b.score - a.score || a.item.rank - b.item.rank)
    .map(({ item: { kind, title, note, href } }) => ({ kind, title, note, href }));
}

/** Every word must be found, one of them in the item itself; the weakest decides. */
function scoreOf(item: Item, words: readonly string[]): number {
  let weakest = Number.POSITIVE_INFINITY;
  let isOwn = false;
  for (const word of words) {
    const own = ownScore(item, word);
    if (own > 0) isOwn = true;
    const score = own || aroundScore(item, word);
    if (score === 0) return 0;
    weakest = Math.min(weakest, score);
  }
  return isOwn ? weakest : 0;
}

function ownScore({ name, text, around, spelt }: Item, word: string): number {
  if (name === word) return 9;
  if (name.startsWith(word)) return 8;
  if (name.includes(word)) return 7;
  if (text.includes(word)) return 6;
  if (around !== '' && word.length > 1 && straddles(around, name, word)) return 5;
  return LATIN.test(word) ? spells(spelt(), word) : 0;
}

function aroundScore({ around, aroundSpelt }: Item, word: string): number {
  if (around === '') return 0;
  if (around.includes(word)) return 2;
  return LATIN.test(word) && spells(aroundSpelt(), word) > 0 ? 1 : 0;
}

/** 青山镇槐荫, 山镇槐: begins in the township's name and ends in the village's. */
function straddles(around: string, name: string, word: string): boolean {
  for (let cut = 1; cut < word.length; cut += 1) {
    if (around.endsWith(word.slice(0, cut)) && name.startsWith(word.slice(cut))) return true;
  }
  return false;
}

const LATIN = /^[a-z]+$/;

/** From any character on: 4 in full pinyin, 3 by initials or a mixture, 0 not at all. */
function spells(syllables: Spelling, word: string): number {
  let best = 0;
  for (let start = 0; start < syllables.length; start += 1) {
    if (!syllables[start]?.some((syllable) => syllable[0] === word[0])) continue;
    if (reads(syllables, start, word, false)) return 4;
    if (best === 0 && reads(syllables, start, word, true)) best = 3;
  }
  return best;
}

/** Whether what was typed reads as the syllables from `at` on; the last one may be cut short. */
function reads(syllables: Spelling, at: number, word: string, mayAbbreviate: boolean): boolean {
  if (word === '') return true;
  return (syllables[at] ?? []).some((syllable) => {
    if (syllable.startsWith(word)) return true;
    const rest = word.startsWith(syllable) ? word.slice(syllable.length) : null;
    if (rest !== null && reads(syllables, at + 1, rest, mayAbbreviate)) return true;
    if (!mayAbbreviate || word[0] !== syllable[0]) return false;
    return reads(syllables, at + 1, word.slice(1), mayAbbreviate);
  });
}

/** Full-width as ASCII, no case, nothing invisible. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .toLowerCase()
    .replaceAll('ü', 'v')
    .trim();
}
