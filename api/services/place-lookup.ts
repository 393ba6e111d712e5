import { listPlaces } from '#db/queries/places.ts';
import type { Place } from '#db/queries/places.ts';
import type { Reader } from '#db/store.ts';

export type PlaceLookup = Awaited<ReturnType<typeof readPlaceLookup>>;

/** All places, ended ones too, for naming those of a list. */
export async function readPlaceLookup(db: Reader) {
  const places = new Map((await listPlaces(db)).map((place) => [place.code, place]));

  /** A place and those above it, the nearest first. */
  function wayUp(code: string): Place[] {
    const place = places.get(code);
    return place ? [place, ...wayUp(place.parentCode ?? '')] : [];
  }
  /** The township of a place; the place itself where it is one. */
  function townOf(code: string): Place | null {
    return wayUp(code).find((place) => place.level === 'town') ?? null;
  }
  const nameOf = (code: string) => places.get(code)?.name ?? code;
  /** With the township, where the place lies in one. */
  function fullNameOf(code: string): string {
    const town = townOf(code);
    return `${town && town.code !== code ? town.name : ''}${nameOf(code)}`;
  }
  /** A place and all that lies in it. */
  function codesBelow(code: string): string[] {
    const codes = new Set([code]);
    // A set also yields what is added while it is walked.
    for (const above of codes) {
      for (const place of places.values()) if (place.parentCode === above) codes.add(place.code);
    }
    return [...codes];
  }
  return { wayUp, townOf, nameOf, fullNameOf, codesBelow };
}
