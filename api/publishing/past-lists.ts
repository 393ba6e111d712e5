import type { Reader } from '#db/store.ts';
import { listApprovedBatchesSince, sumBatchCounts } from '#db/queries/batch-history.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { listBatchPlaces } from '#db/queries/public-data.ts';
import type { PlaceEntry } from '#rules/public-directory.ts';
import type { AidType } from '#rules/vocabulary.ts';
import { mayOverlap } from './current-batches.ts';
import type { CurrentBatch } from './current-batches.ts';
import type { BatchSum } from './export-state.ts';
import { addSums, EMPTY_SUM, sumByPlace, sumByTown } from './sum-lists.ts';

/** What a list of a month counted, by township (or at the county itself: its code). */
export type CountedList = { aidType: AidType; period: string; sums: Record<string, BatchSum> };

type Approved = Awaited<ReturnType<typeof listApprovedBatchesSince>>[number];
type Scope = {
  since: string;
  places: readonly PlaceEntry[];
  current: readonly CurrentBatch[];
  /** The township a place counts for. */
  countAs: (placeCode: string) => string;
  countsOnlyBelow: number;
};

/**
 * The lists that stood before those that stand now: of each body, aid type and month the one approved last. Where
 * two bodies counted the same place for a month, the list approved last does.
 */
export async function readPastLists(db: Reader, scope: Scope): Promise<CountedList[]> {
  const rows = await listApprovedBatchesSince(db, scope.since);
  const counted = chooseLists(rows, new Set(scope.current.map((batch) => batch.id)));
  const bodies = new Map((await listBodies(db)).map((body) => [body.code, body.placeCode]));
  const parents = new Map(scope.places.map((place) => [place.code, place.parentCode]));
  const yields = new Map<string, Set<string>>();
  for (const group of Map.groupBy(counted, (row) => `${row.aidType} ${row.period}`).values()) {
    for (const [index, row] of group.entries()) {
      const taken = new Set<string>();
      for (const rival of group.slice(0, index)) {
        const [one, other] = [bodies.get(row.bodyCode), bodies.get(rival.bodyCode)];
        if (!mayOverlap(parents, one, other)) continue;
        for (const code of await listBatchPlaces(db, rival.id)) taken.add(code);
      }
      if (taken.size > 0) yields.set(row.id, taken);
    }
  }
  const past = counted.filter((row) => !row.isCurrent);
  const whole = past.filter((row) => !yields.has(row.id)).map((row) => row.id);
  const kept = await sumKept(db, whole, scope);
  const lists: CountedList[] = [];
  for (const { id, aidType, period } of past) {
    const sums =
      kept.get(id) ??
      sumByTown(
        await sumByPlace(db, { id, yields: yields.get(id) ?? new Set() }, scope.countsOnlyBelow),
        scope.countAs,
      );
    lists.push({ aidType: aidType as AidType, period, sums });
  }
  return lists;
}

/** Nothing that is newer than what stands on the site: it is approved and not public yet. */
function chooseLists(rows: readonly Approved[], current: ReadonlySet<string>) {
  const chosen: (Approved & { isCurrent: boolean })[] = [];
  for (const ofOne of Map.groupBy(rows, (row) => `${row.bodyCode} ${row.aidType}`).values()) {
    const standing = ofOne.find((row) => current.has(row.id));
    const known = ofOne.filter((row) =>
      standing ? row === standing || row.period < standing.period : row.status === 'withdrawn',
    );
    const periods = Map.groupBy(known, (row) => row.period);
    for (const [first] of periods.values()) {
      if (first) chosen.push({ ...first, isCurrent: first === standing });
    }
  }
  const order = new Map(rows.map((row, index) => [row.id, index]));
  return chosen.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
}

/** Sums as they were kept at approval, by batch. */
async function sumKept(db: Reader, ids: string[], { countAs, countsOnlyBelow }: Scope) {
  const sums = new Map<string, Record<string, BatchSum>>();
  for (const { batchId, areaCode, ...sum } of await sumBatchCounts(db, ids, countsOnlyBelow)) {
    const ofBatch = sums.get(batchId) ?? {};
    const area = countAs(areaCode);
    ofBatch[area] = addSums(ofBatch[area] ?? EMPTY_SUM, { ...sum, boards: 0 });
    sums.set(batchId, ofBatch);
  }
  return sums;
}
