import type { PlaceEntry } from '#rules/public-directory.ts';
import type { PublicFile } from '#rules/publication.ts';

type Hotline = PublicFile<'hotlines'>['items'][number];

type Index = { byCode: Map<string, PlaceEntry>; children: Map<string | null, PlaceEntry[]> };
/** The same list serves every page of a publication; looking through it each time would cost its square. */
const indexes = new WeakMap<readonly PlaceEntry[], Index>();

function indexOf(places: readonly PlaceEntry[]): Index {
  const index = indexes.get(places) ?? {
    byCode: new Map(places.map((place) => [place.code, place])),
    children: Map.groupBy(places, (place) => place.parentCode),
  };
  indexes.set(places, index);
  return index;
}

export function findPlace(
  places: readonly PlaceEntry[],
  code: string | null | undefined,
): PlaceEntry | undefined {
  return code ? indexOf(places).byCode.get(code) : undefined;
}

export function listChildren(places: readonly PlaceEntry[], code: string): PlaceEntry[] {
  return indexOf(places).children.get(code) ?? [];
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
