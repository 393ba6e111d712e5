import type { Reader } from '#db/store.ts';
import { listBatchCounts } from '#db/queries/batch-counts.ts';
import { sumBatch } from '#db/queries/public-data.ts';
import { isListed, ROW_VISIBILITIES } from '#rules/list-lifecycle.ts';
import type { BatchSum } from './export-state.ts';

/** A place's share of a batch: what its page may show, and what only the totals above it may. */
export type PlaceSum = BatchSum & {
  listedHouseholds: number;
  listedPersons: number;
  /** Its list shows no rows, so that none of its money is of listed rows. */
  isCountsOnly: boolean;
};
export type PlaceSums = Map<string, PlaceSum>;

export const EMPTY_SUM: BatchSum = {
  households: 0,
  persons: 0,
  listedCents: 0,
  allCents: 0,
  joined: null,
  left: null,
  boards: 0,
};

const EMPTY_PLACE: PlaceSum = {
  ...EMPTY_SUM,
  listedHouseholds: 0,
  listedPersons: 0,
  isCountsOnly: false,
};

/** Sums a batch by place as it reads now, without the places where another list stands. */
export async function sumByPlace(
  db: Reader,
  { id, yields }: { id: string; yields: ReadonlySet<string> },
  countsOnlyBelow: number,
): Promise<PlaceSums> {
  const sums: PlaceSums = new Map();
  function sumOf(placeCode: string): PlaceSum {
    const sum = sums.get(placeCode) ?? { ...EMPTY_PLACE };
    sums.set(placeCode, sum);
    return sum;
  }
  for (const row of await sumBatch(db, id)) {
    if (yields.has(row.placeCode) || !ROW_VISIBILITIES[row.visibility].isCounted) continue;
    const sum = sumOf(row.placeCode);
    sum.households += row.households;
    sum.persons += row.persons;
    sum.allCents += row.amountCents;
    if (!isListed(row)) continue;
    sum.listedHouseholds += row.households;
    sum.listedPersons += row.persons;
    sum.listedCents += row.amountCents;
    sum.boards = 1;
  }
  for (const sum of sums.values()) {
    if (sum.listedHouseholds >= countsOnlyBelow) continue;
    Object.assign(sum, { listedCents: 0, isCountsOnly: true });
  }
  for (const { placeCode, joined, left } of await listBatchCounts(db, [id])) {
    if (!yields.has(placeCode)) Object.assign(sumOf(placeCode), { joined, left });
  }
  return sums;
}

export function sumByTown(
  sums: PlaceSums,
  townOf: (placeCode: string) => string,
): Record<string, BatchSum> {
  const towns: Record<string, BatchSum> = {};
  for (const [placeCode, sum] of sums) {
    const town = townOf(placeCode);
    towns[town] = addSums(towns[town] ?? EMPTY_SUM, sum);
  }
  return towns;
}

/** `sign` -1 takes the second from the first. */
export function addSums(a: BatchSum, b: BatchSum, sign: 1 | -1 = 1): BatchSum {
  return {
    households: a.households + sign * b.households,
    persons: a.persons + sign * b.persons,
    listedCents: a.listedCents + sign * b.listedCents,
    allCents: a.allCents + sign * b.allCents,
    joined: addKnown(a.joined, b.joined, sign),
    left: addKnown(a.left, b.left, sign),
    boards: a.boards + sign * b.boards,
  };
}

/** What is unknown adds nothing; both unknown stay so. */
function addKnown(a: number | null, b: number | null, sign: 1 | -1): number | null {
  return a === null && b === null ? null : (a ?? 0) + sign * (b ?? 0);
}
