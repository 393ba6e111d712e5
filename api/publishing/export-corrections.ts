import type { Reader } from '#db/store.ts';
import { listCorrectionsSince } from '#db/queries/corrections.ts';
import { addMonths, civilDateOf } from '#rules/civil-date.ts';
import type { PublicFile } from '#rules/publication.ts';
import type { AidType } from '#rules/vocabulary.ts';
import type { Directory } from './export-directory.ts';
import type { Sink } from './export-sink.ts';
import { BASIS_OF_COUNTS } from './legal-basis.ts';

const MONTHS_SHOWN = 12;

type Item = PublicFile<'corrections'>['items'][number];

/** The corrections of the last twelve months, the newest first; what is alike in all but number is one entry. */
export async function exportCorrections(
  { db, now }: { db: Reader; now: number },
  sink: Sink,
  { bureauName }: Pick<Directory, 'bureauName'>,
): Promise<void> {
  const today = civilDateOf(now);
  const since = `${addMonths(today.slice(0, 7), -MONTHS_SHOWN)}${today.slice(7)}`;
  const merged = new Map<string, Item>();
  for (const row of await listCorrectionsSince(db, since)) {
    const { onDate, placeCode, period, kind, reason } = row;
    const aidType = row.aidType as AidType;
    const key = [onDate, placeCode, aidType, period, kind, reason].join(' ');
    const households = (merged.get(key)?.households ?? 0) + row.households;
    merged.set(key, { onDate, placeCode, aidType, period, kind, reason, households });
  }
  const items = [...merged.values()];
  await sink.put(
    { kind: 'corrections' },
    {
      publisher: bureauName,
      legalBasis: BASIS_OF_COUNTS,
      // That there is none is known as of today.
      updatedOn: items[0]?.onDate ?? today,
      items,
    },
  );
}
