import type { PlaceEntry } from '#rules/public-directory.ts';
import type { PublicReader } from '#rules/publication.ts';
import { listDueFiles } from './export-directory.ts';
import type { Directory } from './export-directory.ts';
import { mapFormer } from './export-places.ts';
import { listDueTexts } from './export-texts.ts';
import type { Exported } from './export.ts';

/** The directory as the last publication left it, for one that adds nothing to it. */
export async function readLiveDirectory(
  read: PublicReader,
  since: string | null,
  today: string,
): Promise<Directory> {
  const file = await read('places');
  const places = file?.places ?? [];
  const standards = (await read('standards'))?.items ?? [];
  const texts = (await read('texts'))?.texts ?? [];
  return {
    places,
    placesOn: file?.updatedOn ?? today,
    former: mapFormer((await read('formerPlaces'))?.places ?? []),
    county: places.find((place) => place.parentCode === null) ?? null,
    bureauName: (await read('site'))?.bureauName ?? '',
    due: new Set([
      ...listDueFiles(standards, await read('hotlineCare'), since, today),
      ...listDueTexts(texts, since, today),
    ]),
  };
}

/** The places of the live site are the same list from one publication to the next. */
const indexes = new WeakMap<readonly PlaceEntry[], ReadonlyMap<string, PlaceEntry>>();

/** The township a place's files are filed under, a merged one as its successor; null: site-wide. */
export function townFinder({
  places,
  former,
}: Pick<Directory, 'places' | 'former'>): Exported['townOf'] {
  const byCode = indexes.get(places) ?? new Map(places.map((place) => [place.code, place]));
  indexes.set(places, byCode);
  return function townOf(code) {
    const successor = former.get(code);
    if (successor && !byCode.has(code)) return townOf(successor);
    const place = byCode.get(code);
    if (!place || place.level === 'district') return null;
    return place.level === 'town' ? place.code : place.parentCode;
  };
}
