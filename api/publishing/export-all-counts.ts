import type { Reader } from '#db/store.ts';
import type { CurrentBatch } from './current-batches.ts';
import { exportCountyCounts, exportTownCounts } from './export-counts.ts';
import type { Directory } from './export-directory.ts';
import type { MonthsOf } from './export-months.ts';
import type { Sink } from './export-sink.ts';
import type { ExportedBatch } from './export-state.ts';
import { sumByPlace } from './sum-lists.ts';
import type { PlaceSums } from './sum-lists.ts';

/** Sums of a batch by place, read once. */
export function rememberSums(db: Reader, countsOnlyBelow: number) {
  const known = new Map<string, PlaceSums>();
  return async function sumOnce(batch: CurrentBatch): Promise<PlaceSums> {
    const sums = known.get(batch.id) ?? (await sumByPlace(db, batch, countsOnlyBelow));
    known.set(batch.id, sums);
    return sums;
  };
}

/** The batches that count for each township, in their order. */
export function groupByTown(
  current: readonly CurrentBatch[],
  batches: Record<string, ExportedBatch>,
): ReadonlyMap<string, CurrentBatch[]> {
  const byTown = new Map<string, CurrentBatch[]>();
  for (const batch of current) {
    for (const town of Object.keys(batches[batch.id]?.sums ?? {})) {
      const here = byTown.get(town) ?? [];
      byTown.set(town, here);
      here.push(batch);
    }
  }
  return byTown;
}

type Sums = {
  batches: Record<string, ExportedBatch>;
  byTown: ReadonlyMap<string, CurrentBatch[]>;
  /** Townships with a place that was looked at again. */
  towns: ReadonlySet<string | null>;
  sumOnce: (batch: CurrentBatch) => Promise<PlaceSums>;
  monthsOf: MonthsOf;
  /** Civil date. */
  today: string;
};

/** Counts of the townships looked at again, and of the county. */
export async function exportAllCounts(
  sink: Sink,
  { places, county, bureauName }: Directory,
  current: readonly CurrentBatch[],
  { batches, byTown, towns, sumOnce, monthsOf, today }: Sums,
): Promise<void> {
  const childrenOf = Map.groupBy(places, (place) => place.parentCode);
  for (const place of places) {
    if (place.level !== 'town' || !towns.has(place.code)) continue;
    const here = byTown.get(place.code) ?? [];
    const counted = [];
    for (const batch of here) counted.push({ batch, sums: await sumOnce(batch) });
    const children = childrenOf.get(place.code) ?? [];
    const publisher = here[0]?.publisher ?? bureauName;
    await exportTownCounts(sink, { place, publisher, today }, children, counted, monthsOf);
  }
  if (county) {
    const children = childrenOf.get(county.code) ?? [];
    const counted = current.map((batch) => ({ batch, sums: batches[batch.id]?.sums ?? {} }));
    const area = { place: county, publisher: bureauName, today };
    await exportCountyCounts(sink, area, children, counted, monthsOf);
  }
}
