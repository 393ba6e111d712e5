import { setImmediate as giveWay } from 'node:timers/promises';
import type { Reader } from '#db/store.ts';
import { readAuditHead } from '#db/queries/audit.ts';
import { listBatchesDecidedAfter } from '#db/queries/batch-history.ts';
import { listRowsChangedAfter } from '#db/queries/public-data.ts';
import type { PlaceEntry } from '#rules/public-directory.ts';
import { listCurrentBatches } from './current-batches.ts';
import type { CurrentBatch } from './current-batches.ts';
import { exportCountyCounts, exportTownCounts } from './export-counts.ts';
import { exportDirectory, exportHead } from './export-directory.ts';
import type { Directory } from './export-directory.ts';
import { compareBatches, exportLists, listPlacesOf } from './export-lists.ts';
import { createSink } from './export-sink.ts';
import type { Sink } from './export-sink.ts';
import { keyOf, readExportState, stageExportState } from './export-state.ts';
import type { ExportedBatch } from './export-state.ts';
import { createMonths } from './export-months.ts';
import type { MonthsOf } from './export-months.ts';
import type { Manifest } from './manifest.ts';
import type { PublishingPaths } from './paths.ts';
import { sumByPlace, sumByTown } from './sum-lists.ts';
import type { PlaceSums } from './sum-lists.ts';

export type Exported = {
  places: PlaceEntry[];
  /** Public files that are new, different, or read differently from today on. */
  changed: Set<string>;
  removed: Set<string>;
  /** Those of the changed files that are in the staging folder. */
  staged: string[];
  /** Batch ids and salts: random text that stands on pages. */
  tokens: string[];
  /** Batches that stand on the site. */
  batchIds: string[];
  /** Those of them with a place that was looked at again. */
  touchedBatchIds: string[];
  townOf: (placeCode: string) => string | null;
};

/**
 * Brings approved data through the airlock into the staging folder. Only batches that changed since the
 * last publication are read, and single rows by their audit entries; everything is read where the places,
 * the build of the site or nothing is known. Throws PublicationRefused where a file breaks its schema.
 */
export async function exportPublicData(
  source: { db: Reader; now: number; publicUrl: string | null; buildId: string },
  paths: PublishingPaths,
  manifest: Manifest,
): Promise<Exported> {
  const { db, now } = source;
  // Read first: what changes from here on has a later entry and is exported next time.
  const auditSeq = (await readAuditHead(db))?.seq ?? 0;
  const sink = createSink(paths, manifest);
  const last = await readExportState(paths);
  const directory = await exportDirectory(source, sink, manifest.onDate);
  const key = keyOf(source.buildId, directory.places, directory.bureauName);
  const before = last?.source === key ? last : null;
  const current = await listCurrentBatches(db, directory.places);
  const townOf = townFinder(directory);

  const { moved, gone } = compareBatches(current, before);
  const rows = before ? await listRowsChangedAfter(db, before.auditSeq) : [];
  // A list that no longer stands may still count for its month.
  const past = before ? await listBatchesDecidedAfter(db, before.auditSeq) : [];
  const decided = [...new Set([...moved, ...gone, ...past])];
  const isHistoryMoved = !before || decided.length > 0;
  const touched = before
    ? await listPlacesOf(db, decided)
    : new Set(directory.places.map((place) => place.code));
  for (const row of rows) touched.add(row.placeCode);
  const placesToExport = directory.places
    .filter((place) => touched.has(place.code))
    .map(({ code }) => ({ code, town: townOf(code) }));

  const recount = new Set([...moved, ...rows.map((row) => row.batchId)]);
  const sumOnce = rememberSums(db);
  const batches: Record<string, ExportedBatch> = {};
  const countAs = (code: string) => townOf(code) ?? directory.county?.code ?? '';
  for (const batch of current) {
    const known = recount.has(batch.id) ? undefined : before?.batches[batch.id];
    // Reads of the store do not wait for anything: without this, requests would until the last batch.
    if (!known) await giveWay();
    const sums = known?.sums ?? sumByTown(await sumOnce(batch), countAs);
    batches[batch.id] = { key: batch.key, sums };
  }
  for (const [town, places] of Map.groupBy(placesToExport, (place) => place.town)) {
    const area = town ?? directory.county?.code ?? '';
    const here = current.filter((batch) => batches[batch.id]?.sums[area]);
    await exportLists(db, sink, here, places);
  }
  const towns = new Set(placesToExport.map((place) => place.town));
  const { places } = directory;
  const history = { db, now, places, current, batches, before, isHistoryMoved, countAs };
  const monthsOf = createMonths(paths, history);
  await exportCounts(sink, directory, current, { batches, towns, sumOnce, monthsOf });
  if (!before) for (const town of [null, ...manifest.townCodes]) await sink.removeRest(town);
  await exportHead(db, now, sink, manifest.onDate);
  await stageExportState(paths, { source: key, auditSeq, batches });
  return {
    places: directory.places,
    changed: new Set([...sink.changed, ...directory.due]),
    removed: sink.removed,
    staged: [...sink.changed],
    tokens: current.flatMap((batch) => [batch.id, batch.salt]),
    batchIds: current.map((batch) => batch.id),
    touchedBatchIds: findTouched(batches, placesToExport),
    townOf,
  };
}

/** Sums of a batch by place, read once. */
function rememberSums(db: Reader) {
  const known = new Map<string, PlaceSums>();
  return async function sumOnce(batch: CurrentBatch): Promise<PlaceSums> {
    const sums = known.get(batch.id) ?? (await sumByPlace(db, batch));
    known.set(batch.id, sums);
    return sums;
  };
}

type Sums = {
  batches: Record<string, ExportedBatch>;
  /** Townships with a place that was looked at again. */
  towns: ReadonlySet<string | null>;
  sumOnce: (batch: CurrentBatch) => Promise<PlaceSums>;
  monthsOf: MonthsOf;
};

async function exportCounts(
  sink: Sink,
  { places, county, bureauName }: Directory,
  current: readonly CurrentBatch[],
  { batches, towns, sumOnce, monthsOf }: Sums,
): Promise<void> {
  const childrenOf = Map.groupBy(places, (place) => place.parentCode);
  for (const place of places) {
    if (place.level !== 'town' || !towns.has(place.code)) continue;
    const here = current.filter((batch) => batches[batch.id]?.sums[place.code]);
    const counted = [];
    for (const batch of here) counted.push({ batch, sums: await sumOnce(batch) });
    const children = childrenOf.get(place.code) ?? [];
    const publisher = here[0]?.publisher ?? bureauName;
    await exportTownCounts(sink, { place, publisher }, children, counted, monthsOf);
  }
  if (county) {
    const children = childrenOf.get(county.code) ?? [];
    const counted = current.map((batch) => ({ batch, sums: batches[batch.id]?.sums ?? {} }));
    const area = { place: county, publisher: bureauName };
    await exportCountyCounts(sink, area, children, counted, monthsOf);
  }
}

/** The township a place's files are filed under; null: site-wide. */
export function townFinder({ places }: Pick<Directory, 'places'>) {
  const byCode = new Map(places.map((place) => [place.code, place]));
  return function townOf(code: string): string | null {
    const place = byCode.get(code);
    if (!place || place.level === 'district') return null;
    return place.level === 'town' ? place.code : place.parentCode;
  };
}

/** Batches with names that may stand on the pages of the places looked at again. */
function findTouched(
  batches: Record<string, ExportedBatch>,
  places: readonly { town: string | null }[],
): string[] {
  const towns = new Set(places.map((place) => place.town));
  return Object.keys(batches).filter((id) =>
    Object.keys(batches[id]?.sums ?? {}).some((town) => towns.has(town)),
  );
}
