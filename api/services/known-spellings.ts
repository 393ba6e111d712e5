import { listPlaceAliases } from '#db/queries/place-aliases.ts';
import { listFormerPlaceNames, listPlaces } from '#db/queries/places.ts';
import type { Reader } from '#db/store.ts';
import type { PlaceAlias } from '#rules/place-names.ts';

/**
 * What offices may still write for a village: spellings that somebody confirmed, names it had before, and
 * names of villages merged into it. What was confirmed comes last and counts.
 */
export async function listKnownSpellings(db: Reader): Promise<PlaceAlias[]> {
  const [places, names, confirmed] = await Promise.all([
    listPlaces(db),
    listFormerPlaceNames(db),
    listPlaceAliases(db),
  ]);
  const byCode = new Map(places.map((place) => [place.code, place]));
  function findCurrent(code: string | null) {
    let place = byCode.get(code ?? '');
    for (let steps = 0; place?.validTo && steps < 20; steps++) {
      place = byCode.get(place.successorCode ?? '');
    }
    return place?.validTo ? undefined : place;
  }
  function aliasOf(code: string, written: string): PlaceAlias[] {
    const place = findCurrent(code);
    const scope = findCurrent(byCode.get(code)?.parentCode ?? null);
    return place && scope ? [{ scopeCode: scope.code, written, placeCode: place.code }] : [];
  }
  return [
    ...places
      .filter((place) => place.level === 'village' && place.validTo !== null)
      .flatMap((place) => aliasOf(place.code, place.name)),
    ...names.flatMap((former) => aliasOf(former.code, former.name)),
    ...confirmed.map(({ scopeCode, written, placeCode }) => ({ scopeCode, written, placeCode })),
  ];
}
