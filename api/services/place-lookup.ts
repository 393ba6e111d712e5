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
  return { wayUp, townOf, nameOf, fullNameOf };
}
