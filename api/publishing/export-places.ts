import type { Place } from '#db/queries/places.ts';
import { PUBLIC_FILES } from '#rules/publication.ts';
import type { Sink } from './export-sink.ts';

/** Exports whom villages name for their residents, by township, and where merged places went. */
export async function exportPlaceNotes(
  sink: Sink,
  places: readonly Place[],
  merged: readonly Place[],
): Promise<void> {
  const named = places.filter((place) => place.contactName !== '' || place.contactPhone !== '');
  for (const [town, villages] of Map.groupBy(named, (place) => place.parentCode ?? '')) {
    const contacts = villages.map(({ code, contactName, contactPhone }) => ({
      placeCode: code,
      name: contactName,
      phone: contactPhone,
    }));
    // Site-wide, like places.json: no township's manifest is opened for them.
    await sink.put({ kind: 'contacts', code: town }, { code: town, contacts });
  }
  await sink.removeRest(null, 'contacts/');
  const former = merged.flatMap(({ code, name, validTo, successorCode }) =>
    validTo && successorCode ? [{ code, name, endedOn: validTo, successorCode }] : [],
  );
  if (former.length === 0) return sink.remove(PUBLIC_FILES.formerPlaces.path(), null);
  await sink.put({ kind: 'formerPlaces' }, { places: former });
}

/** Where merged places went, by the code they had. */
export function mapFormer(
  places: readonly { code: string; successorCode: string | null }[],
): ReadonlyMap<string, string> {
  return new Map(places.map(({ code, successorCode }) => [code, successorCode ?? '']));
}
