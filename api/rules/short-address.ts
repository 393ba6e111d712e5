import type { PlaceEntry } from './public-directory.ts';

/**
 * Short addresses of places, `/v/100203`: what a board prints and a person types from it. A place may be
 * written as its code, as its code without the county's six digits (a township also without the last
 * three zeros), or by name, with or without the township before it.
 */

/** Digits that the codes of a county have in common (GB/T 2260). */
const COUNTY_DIGITS = 6;
const CODE_DIGITS = 12;
/** Of a written code: a township of the county, or a place of the county. */
const SHORT_CODE = /^(\d{3}|\d{6})$/;

type Places = readonly PlaceEntry[];
type Written = Pick<PlaceEntry, 'code' | 'name' | 'parentCode'>;

/** The places a person may mean: none, one, or several villages of one name. */
export function findPlacesWritten<T extends Written>(
  places: readonly T[],
  countyCode: string,
  text: string,
): T[] {
  const written = text.normalize('NFKC').replaceAll(/[\p{Z}\p{C}]/gu, '');
  if (written === '') return [];
  const exact = places.find(({ code }) => code.toLowerCase() === written.toLowerCase());
  if (exact) return [exact];
  if (SHORT_CODE.test(written)) {
    const code = `${countyCode.slice(0, COUNTY_DIGITS)}${written}`.padEnd(CODE_DIGITS, '0');
    return places.filter((place) => place.code === code);
  }
  const names = new Map(places.map((place) => [place.code, place.name]));
  return places.filter(({ name, parentCode }) => {
    const town = names.get(parentCode ?? '') ?? '';
    return written === name || written === `${town}${name}`;
  });
}

/** The shortest code that leads to a place and to no other. */
export function shortCodeOf(places: Places, countyCode: string, code: string): string {
  const short = code.startsWith(countyCode.slice(0, COUNTY_DIGITS))
    ? code.slice(COUNTY_DIGITS)
    : '';
  const [found, ...others] = findPlacesWritten(places, countyCode, short);
  return found?.code === code && others.length === 0 ? short : code;
}

/** The page for what was written: the place's own, or of several places the nearest one above all. */
export function placeToOpen(places: Places, found: readonly PlaceEntry[]): PlaceEntry | null {
  const [first, ...others] = found;
  if (!first) return null;
  const chains = others.map((place) => chainOf(places, place));
  const common = chainOf(places, first).find((place) => chains.every((c) => c.includes(place)));
  return common ?? null;
}

/** A place and those above it, the nearest first. */
function chainOf(places: Places, place: PlaceEntry): PlaceEntry[] {
  const parent = places.find(({ code }) => code === place.parentCode);
  return parent ? [place, ...chainOf(places, parent)] : [place];
}
