import { setImmediate as giveWay } from 'node:timers/promises';
import type { Reader } from '#db/store.ts';
import { listListedRows } from '#db/queries/public-data.ts';
import { writeHashedList } from '#rules/list-hash.ts';
import { PUBLIC_FILES } from '#rules/publication.ts';
import { countInstead } from '#rules/small-villages.ts';
import type { ListRow, VillageList } from '#rules/public-lists.ts';
import { AID_TYPES } from '#rules/vocabulary.ts';
import type { CurrentBatch } from './current-batches.ts';
import { sha256 } from './disk.ts';
import { readVillageNotices } from './export-notices.ts';
import type { RunningNotice } from './export-notices.ts';
import type { Sink, StageFile } from './export-sink.ts';
import { basisOfList } from './legal-basis.ts';

/** Places whose rows are in memory at once. */
const PLACES_AT_ONCE = 10;
const AID_ORDER = Object.keys(AID_TYPES);

type Shown = {
  current: readonly CurrentBatch[];
  running: readonly RunningNotice[];
  countsOnlyBelow: number;
};

/**
 * Exports the lists and running notices of some places: of each aid type the rows of the batch that stands
 * there. A place with neither has no file.
 */
export async function exportLists(
  db: Reader,
  sink: Sink,
  { current, running, countsOnlyBelow }: Shown,
  places: readonly { code: string; town: string | null }[],
  stage: StageFile,
): Promise<void> {
  const batches = new Map(current.map((batch) => [batch.id, batch]));
  for (let at = 0; at < places.length; at += PLACES_AT_ONCE) {
    // Neither the store nor the writing waits for anything: without this, requests would.
    await giveWay();
    const part = places.slice(at, at + PLACES_AT_ONCE);
    const codes = part.map((place) => place.code);
    const listsOf = await readLists(db, batches, codes, countsOnlyBelow);
    const noticesOf = await readVillageNotices(db, running, codes);
    for (const { code, town } of part) {
      const lists = listsOf.get(code) ?? [];
      const notices = noticesOf.get(code) ?? [];
      const isEmpty = lists.length + notices.length === 0;
      if (isEmpty) await sink.remove(PUBLIC_FILES.village.path(code), town);
      else await sink.put({ kind: 'village', code, town }, { code, lists, notices }, stage);
    }
  }
}

async function readLists(
  db: Reader,
  batches: ReadonlyMap<string, CurrentBatch>,
  codes: string[],
  countsOnlyBelow: number,
): Promise<Map<string, VillageList[]>> {
  const lists = new Map<string, VillageList[]>();
  let list: VillageList | undefined;
  const rows = batches.size > 0 ? await listListedRows(db, [...batches.keys()], codes) : [];
  for (const row of rows) {
    const batch = batches.get(row.batchId);
    if (!batch || batch.yields.has(row.placeCode)) continue;
    const ofPlace = lists.get(row.placeCode) ?? [];
    lists.set(row.placeCode, ofPlace);
    if (ofPlace.at(-1)?.batch !== batch.id) ofPlace.push(startList(batch));
    list = ofPlace.at(-1);
    list?.rows.push(serialiseRow(row, list.rows.length + 1));
  }
  for (const ofPlace of lists.values()) {
    for (const entry of ofPlace) {
      const countsOnly = countInstead(entry.rows, countsOnlyBelow);
      if (countsOnly) Object.assign(entry, { rows: [], countsOnly });
      entry.batchHash = sha256(writeHashedList(entry.batchSalt, entry.rows));
    }
    ofPlace.sort((a, b) => AID_ORDER.indexOf(a.aidType) - AID_ORDER.indexOf(b.aidType));
  }
  return lists;
}

function startList(batch: CurrentBatch): VillageList {
  return {
    publisher: batch.publisher,
    legalBasis: basisOfList(batch.aidType),
    updatedOn: batch.updatedOn,
    aidType: batch.aidType,
    period: batch.period,
    batch: batch.id,
    batchHash: '',
    batchSalt: batch.salt,
    rows: [],
  };
}

type ListedRow = Awaited<ReturnType<typeof listListedRows>>[number];

/** A row as the public may see it; `no` begins anew on every page, so that no number follows a household. */
function serialiseRow(row: ListedRow, no: number): ListRow {
  const { members, amountCents, since } = row;
  return { no, maskedName: row.maskedName ?? '', members, amountCents, since };
}
