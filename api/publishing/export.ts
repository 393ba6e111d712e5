import { setImmediate as giveWay } from 'node:timers/promises';
import type { Reader } from '#db/store.ts';
import { readAuditHead } from '#db/queries/audit.ts';
import { readSmallVillageThreshold } from '#services/settings.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { loadCalendars } from '#services/calendars.ts';
import type { PlaceEntry } from '#rules/public-directory.ts';
import { listCurrentBatches, listStandingBatches } from './current-batches.ts';
import { listCurrentNotices, tokensOf } from './current-notices.ts';
import { exportCases, listCurrentCases, withdrawFromSearch } from './export-cases.ts';
import { exportAllCounts, groupByTown, rememberSums } from './export-all-counts.ts';
import { exportCorrections } from './export-corrections.ts';
import { exportDirectory, exportHead } from './export-directory.ts';
import { exportHealth, hasSameBoards } from './export-health.ts';
import { findChanges } from './export-changes.ts';
import { exportLists } from './export-lists.ts';
import { exportNotices, listRunning } from './export-notices.ts';
import { createSink } from './export-sink.ts';
import type { StageFile } from './export-sink.ts';
import { exportStatistics } from './export-statistics.ts';
import { findTouched, keyOf, readExportState, stageExportState } from './export-state.ts';
import type { ExportedBatch } from './export-state.ts';
import { createMonths } from './export-months.ts';
import { readLiveDirectory, townFinder } from './live-directory.ts';
import type { Manifest } from './manifest.ts';
import type { PublishingPaths } from './paths.ts';
import { createStagedReader } from './public-reader.ts';
import type { Stager } from './stager.ts';
import { sumByTown } from './sum-lists.ts';

export type Exported = {
  places: PlaceEntry[];
  /** Public files that are new or different. */
  staged: ReadonlySet<string>;
  /** Those that are the same and read differently from today on. */
  due: ReadonlySet<string>;
  removed: ReadonlySet<string>;
  /** Batch ids and salts: random text that stands on pages. */
  tokens: string[];
  /** Batches with names that stand on the site. */
  batchIds: string[];
  /** Those of them with a place that was looked at again. */
  touchedBatchIds: string[];
  /** Batches whose names join those that stand, and those whose names leave. */
  joining: string[];
  leaving: string[];
  townOf: (placeCode: string) => string | null;
  /** Whether nothing but single rows of lists changed. */
  isOfRows: boolean;
};

export type PublicExport = {
  exported: Exported;
  /** Brings the lists too, through what judges them, and what can be said when they are there. */
  exportRest: (stager: Stager) => Promise<void>;
};

/** What may be exported. All of them take away what is no longer to be shown. */
export type Scope =
  /** Everything approved. */
  | 'approved'
  /** What is on the site already, as it reads now. */
  | 'standing'
  /** That, with places, standards, hotlines and texts as they are now. */
  | 'directory'
  /** What stands, and notices whose hour has come. */
  | 'due';

type Source = {
  db: Reader;
  now: number;
  publicUrl: string | null;
  buildId: string;
  scope: Scope;
  /** Of the notices whose hour has come, those that may appear; absent: all. */
  starting?: readonly string[] | undefined;
};

/**
 * Brings data through the airlock into the staging folder: first all but the lists of places, which tells what
 * the leak gate must know, then with `exportRest` the lists. Only batches that changed since the last
 * publication are read, and single rows by their audit entries; everything is read where the places, the
 * build of the site or nothing is known. Any scope but `approved` needs an export state. Throws
 * PublicationRefused where a file breaks its schema.
 */
export async function exportPublicData(
  source: Source,
  paths: PublishingPaths,
  manifest: Manifest,
): Promise<PublicExport> {
  const { db, now, buildId, scope } = source;
  const today = civilDateOf(now);
  // Read first: what changes from here on has a later entry and is exported next time.
  const auditSeq = (await readAuditHead(db))?.seq ?? 0;
  const sink = createSink(paths, manifest);
  const last = await readExportState(paths);
  const live = createStagedReader([paths.public], undefined, manifest.liveVersionOf);
  const isStanding = scope !== 'approved' && last !== null;
  const cases = await listCurrentCases(source, live, !isStanding);
  const isDirectoryLive = isStanding && scope !== 'directory';
  const directory = isDirectoryLive
    ? await readLiveDirectory(live, manifest.onDate, today)
    : await exportDirectory({ ...source, cases }, sink, manifest.onDate);
  await giveWay();
  await exportCases(sink, cases, directory);
  if (isDirectoryLive) await withdrawFromSearch(sink, live, cases);
  const key = isStanding ? last.source : keyOf(directory.places, directory.bureauName);
  // What is not asked to show more goes on hiding what was hidden.
  const threshold = await readSmallVillageThreshold(db);
  const countsOnlyBelow = isStanding ? Math.max(threshold, last.countsOnlyBelow) : threshold;
  const isSame = last?.build === buildId && last.countsOnlyBelow === countsOnlyBelow;
  const before = last?.source === key && isSame ? last : null;
  const current = isStanding
    ? await listStandingBatches(db, last)
    : await listCurrentBatches(db, directory.places);
  await giveWay();
  const shown = (await live('notices'))?.notices ?? [];
  const notices = await listCurrentNotices(db, now, {
    shown: new Set(shown.map((summary) => summary.notice)),
    mayStart: (id) =>
      (scope === 'approved' || scope === 'due') && (source.starting?.includes(id) ?? true),
  });
  const townOf = townFinder(directory);

  const stored = { current, notices, places: directory.places, townOf, isStanding };
  const changes = await findChanges(db, before, stored);
  const { moved, gone, movedNotices, changedRows, placesToExport, isHistoryMoved } = changes;
  const recount = new Set([...moved, ...changedRows]);
  const sumOnce = rememberSums(db, countsOnlyBelow);
  const batches: Record<string, ExportedBatch> = {};
  const countAs = (code: string) => townOf(code) ?? directory.county?.code ?? '';
  for (const batch of current) {
    const known = recount.has(batch.id) ? undefined : before?.batches[batch.id];
    // Reads of the store do not wait for anything: without this, requests would until the last batch.
    if (!known) await giveWay();
    const sums = known?.sums ?? sumByTown(await sumOnce(batch), countAs);
    batches[batch.id] = { key: batch.key, sums, yields: [...batch.yields] };
  }
  const running = await listRunning(db, notices);
  const byTown = groupByTown(current, batches);
  const towns = new Set(placesToExport.map((place) => place.town));
  const { places } = directory;
  const history = { db, now, live, places, current, batches, before, isHistoryMoved, countAs };
  const monthsOf = createMonths({ ...history, countsOnlyBelow });
  const sums = { batches, byTown, towns, sumOnce, monthsOf, today };
  await exportAllCounts(sink, directory, current, sums);
  const touchedNotices = new Set([...movedNotices, ...changedRows]);
  await exportNotices(db, sink, notices, { live, shown, touched: touchedNotices, directory });
  await exportCorrections({ db, now }, sink, directory);
  await exportStatistics(db, sink, directory);
  const isOfRows =
    before !== null &&
    scope === 'standing' &&
    moved.length + gone.length + movedNotices.length === 0 &&
    hasSameBoards(changedRows, batches, before.batches);
  // Rows alone change nothing that health tells on the same day.
  if (!isOfRows || (await live('health'))?.onDate !== today) {
    const known = { db, now, live, directory, current, batches, byTown, running, townOf };
    await exportHealth({ ...known, calendars: await loadCalendars(db) }, sink);
  }

  async function exportRest(stager: Stager) {
    // A thread writes and judges one beside the making of the next.
    const stage: StageFile = (where, data) => stager.add({ kind: 'list', where, data });
    for (const [town, entries] of Map.groupBy(placesToExport, (place) => place.town)) {
      const area = town ?? directory.county?.code ?? '';
      const shownHere = { current: byTown.get(area) ?? [], running, countsOnlyBelow };
      await exportLists(db, sink, shownHere, entries, stage);
    }
    await stager.finish();
    if (!before && (!isStanding || scope === 'directory')) {
      for (const town of [null, ...manifest.townCodes]) await sink.removeRest(town);
    }
    await exportHead(db, now, sink, manifest.onDate);
    stageExportState(paths, {
      source: key,
      build: buildId,
      countsOnlyBelow,
      auditSeq,
      historySeq: isStanding ? last.historySeq : auditSeq,
      batches,
      notices: Object.fromEntries(notices.map((notice) => [notice.id, notice.key])),
      running: Object.fromEntries(running.map((notice) => [notice.id, notice.endsAt])),
    });
  }

  const standing = [...current, ...running].map((batch) => batch.id);
  const exported: Exported = {
    places: directory.places,
    staged: sink.changed,
    due: directory.due,
    removed: sink.removed,
    tokens: [
      ...current.flatMap((batch) => [batch.id, batch.salt]),
      ...tokensOf(notices),
      ...cases.map((each) => each.case),
    ],
    batchIds: standing,
    joining: standing.filter((id) => !last?.batches[id] && !last?.running[id]),
    leaving: Object.keys(last?.batches ?? {}).filter((id) => !standing.includes(id)),
    touchedBatchIds: [
      ...findTouched(batches, placesToExport),
      ...running
        .filter((notice) => placesToExport.some(({ code }) => notice.places.has(code)))
        .map((notice) => notice.id),
    ],
    townOf,
    isOfRows: isOfRows && changedRows.length > 0,
  };
  return { exported, exportRest };
}
