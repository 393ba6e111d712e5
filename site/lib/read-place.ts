import { civilDateOf } from '#rules/civil-date.ts';
import type { PlaceEntry } from '#rules/public-directory.ts';
import type { PublicFile } from '#rules/publication.ts';
import { listAncestors, listChildren, listHotlinesOf } from './places.ts';
import { mergeProvenance } from './provenance.ts';
import { sortStandards } from './standards.ts';

type PlacesFile = PublicFile<'places'>;

/** What the page of a village shows. */
export type Village = Awaited<ReturnType<typeof readVillage>>;

export async function readVillage(
  { read, now, hotlines }: App.Locals,
  placesFile: PlacesFile,
  place: PlaceEntry,
) {
  const ancestors = listAncestors(placesFile.places, place);
  const { lists = [], notices = [] } = (await read('village', place.code)) ?? {};
  const standards = (await read('standards'))?.items ?? [];
  const contacts = (await read('contacts', place.parentCode ?? ''))?.contacts ?? [];
  return {
    place,
    ancestors,
    lists,
    notices,
    standards: sortStandards(standards, civilDateOf(now)).current,
    hotlines: listHotlinesOf(hotlines, ancestors.toReversed()),
    contact: contacts.find((each) => each.placeCode === place.code),
    provenance: mergeProvenance(
      lists.length + notices.length > 0 ? [...lists, ...notices] : [placesFile],
    ),
  };
}

/** What the page of a county or a township shows: its totals and the places below it. */
export type Area = Awaited<ReturnType<typeof readArea>>;

export async function readArea(
  { read, hotlines }: App.Locals,
  placesFile: PlacesFile,
  place: PlaceEntry,
) {
  const ancestors = listAncestors(placesFile.places, place);
  const above = [place, ...ancestors].map((each) => each.code);
  const notices = (await read('notices'))?.notices ?? [];
  const counts = await read('counts', place.code);
  return {
    place,
    ancestors,
    children: listChildren(placesFile.places, place.code),
    counts,
    hotlines: listHotlinesOf(hotlines, [place]),
    notices: notices.filter(
      (notice) => notice.state === 'running' && above.includes(notice.placeCode),
    ),
    provenance: counts ?? placesFile,
  };
}
