import { listBatchesDecidedAfter } from '#db/queries/batch-history.ts';
import { listBatchPlaces, listRowsChangedAfter } from '#db/queries/public-data.ts';
import type { Reader } from '#db/store.ts';
import type { CurrentBatch } from './current-batches.ts';
import type { CurrentNotice } from './current-notices.ts';
import type { ExportState } from './export-state.ts';

type Stored = {
  current: readonly CurrentBatch[];
  notices: readonly CurrentNotice[];
  places: readonly { code: string }[];
  townOf: (placeCode: string) => string | null;
  /** Whether only what is on the site already is exported. */
  isStanding: boolean;
};

/** What is otherwise than the last publication exported it; without one, every place is looked at. */
export async function findChanges(
  db: Reader,
  before: ExportState | null,
  { current, notices, places, townOf, isStanding }: Stored,
) {
  const { moved, gone } = compareBatches(current, before);
  const movedNotices = compareNotices(notices, before);
  const rows = before ? await listRowsChangedAfter(db, before.auditSeq) : [];
  // A list that no longer stands may still count for its month.
  const isAhead = before !== null && !isStanding;
  const past = isAhead ? await listBatchesDecidedAfter(db, before.historySeq) : [];
  const decided = [...new Set([...moved, ...gone, ...past])];
  const touched = before
    ? await listPlacesOf(db, [...decided, ...movedNotices])
    : new Set(places.map((place) => place.code));
  for (const row of rows) touched.add(row.placeCode);
  const placesToExport = places
    .filter((place) => touched.has(place.code))
    .map(({ code }) => ({ code, town: townOf(code) }));
  return {
    moved,
    gone,
    movedNotices,
    /** Batches of the single rows that changed. */
    changedRows: rows.map((row) => row.batchId),
    placesToExport,
    isHistoryMoved: !before || decided.length > 0,
  };
}

/** The batches whose places must be looked at again, and those whose single rows changed. */
type BatchChanges = {
  /** New on the site, or standing there otherwise than before. */
  moved: string[];
  /** On the site before, and no longer. */
  gone: string[];
};

function compareBatches(
  current: readonly CurrentBatch[],
  before: ExportState | null,
): BatchChanges {
  const ids = new Set(current.map((batch) => batch.id));
  return {
    moved: current
      .filter((batch) => before?.batches[batch.id]?.key !== batch.key)
      .map((batch) => batch.id),
    gone: Object.keys(before?.batches ?? {}).filter((id) => !ids.has(id)),
  };
}

async function listPlacesOf(db: Reader, batchIds: readonly string[]): Promise<Set<string>> {
  const places = new Set<string>();
  for (const id of batchIds) {
    for (const code of await listBatchPlaces(db, id)) places.add(code);
  }
  return places;
}

/** Notices whose places must be looked at again. */
function compareNotices(current: readonly CurrentNotice[], before: ExportState | null): string[] {
  const ids = new Set(current.map((notice) => notice.id));
  return [
    ...current
      .filter((notice) => before?.notices[notice.id] !== notice.key)
      .map((notice) => notice.id),
    ...Object.keys(before?.notices ?? {}).filter((id) => !ids.has(id)),
  ];
}
