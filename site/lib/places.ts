import type { PlaceEntry } from '#rules/public-directory.ts';
import type { PublicFile } from '#rules/publication.ts';

type Hotline = PublicFile<'hotlines'>['items'][number];

export function findPlace(
  places: readonly PlaceEntry[],
  code: string | null | undefined,
): PlaceEntry | undefined {
  return places.find((place) => place.code === code);
}

export function listChildren(places: readonly PlaceEntry[], code: string): PlaceEntry[] {
  return places.filter((place) => place.parentCode === code);
}

/** The places above one, from the county down to its parent. */
export function listAncestors(places: readonly PlaceEntry[], place: PlaceEntry): PlaceEntry[] {
  const parent = findPlace(places, place.parentCode);
  return parent ? [...listAncestors(places, parent), parent] : [];
}

/** Hotlines of the given places, the nearest place first. */
export function listHotlinesOf(
  hotlines: readonly Hotline[],
  nearestFirst: readonly PlaceEntry[],
): Hotline[] {
  return nearestFirst.flatMap((place) =>
    hotlines.filter((hotline) => hotline.placeCode === place.code),
  );
}
