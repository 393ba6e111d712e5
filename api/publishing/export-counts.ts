import type { Reader } from '#db/store.ts';
import { sumBatch } from '#db/queries/public-data.ts';
import type { PlaceEntry } from '#rules/public-directory.ts';
import type { AidCount } from '#rules/public-lists.ts';
import { PUBLIC_FILES } from '#rules/publication.ts';
import { AID_TYPES } from '#rules/vocabulary.ts';
import type { AidType } from '#rules/vocabulary.ts';
import type { CurrentBatch } from './current-batches.ts';
import { newest } from './export-directory.ts';
import type { BatchSum } from './export-state.ts';
import type { Sink } from './export-sink.ts';
import { BASIS_OF_COUNTS } from './legal-basis.ts';

/** A place's share of a batch: what its page may show, and what only the totals above it may. */
type PlaceSum = BatchSum & { listedHouseholds: number; listedPersons: number };
export type PlaceSums = Map<string, PlaceSum>;

/** Sums a batch by place, without the places where another list stands. */
export async function sumByPlace(db: Reader, batch: CurrentBatch): Promise<PlaceSums> {
  const sums: PlaceSums = new Map();
  for (const row of await sumBatch(db, batch.id)) {
    if (batch.yields.has(row.placeCode)) continue;
    const sum = sums.get(row.placeCode) ?? { ...EMPTY, listedHouseholds: 0, listedPersons: 0 };
    sums.set(row.placeCode, sum);
    sum.households += row.households;
    sum.persons += row.persons;
    sum.allCents += row.amountCents;
    if (row.visibility !== 'listed') continue;
    sum.listedHouseholds += row.households;
    sum.listedPersons += row.persons;
    sum.listedCents += row.amountCents;
  }
  return sums;
}

const EMPTY: BatchSum = { households: 0, persons: 0, listedCents: 0, allCents: 0 };

export function sumByTown(
  sums: PlaceSums,
  townOf: (placeCode: string) => string,
): Record<string, BatchSum> {
  const towns: Record<string, BatchSum> = {};
  for (const [placeCode, sum] of sums) {
    const town = townOf(placeCode);
    towns[town] = add(towns[town] ?? EMPTY, sum);
  }
  return towns;
}

function add(a: BatchSum, b: BatchSum): BatchSum {
  return {
    households: a.households + b.households,
    persons: a.persons + b.persons,
    listedCents: a.listedCents + b.listedCents,
    allCents: a.allCents + b.allCents,
  };
}

type Counted = { batch: CurrentBatch; sum: BatchSum };

/** One total per aid type, of its newest period, in the order of the vocabulary. */
function totalsOf(counted: readonly Counted[], cents: 'listedCents' | 'allCents'): AidCount[] {
  const byType = Map.groupBy(counted, ({ batch }) => batch.aidType);
  return (Object.keys(AID_TYPES) as AidType[]).flatMap((aidType) => {
    const group = byType.get(aidType);
    if (!group) return [];
    const sum = group.reduce((total, entry) => add(total, entry.sum), EMPTY);
    const period = newest(group.map((entry) => entry.batch.period)) ?? '';
    const { households, persons } = sum;
    return [{ aidType, period, households, persons, amountCents: sum[cents] }];
  });
}

type Area = { place: PlaceEntry; publisher: string };

/**
 * A township's counts. Households and persons include those not shown by name; a village's do not, since in
 * a small village the difference would point at a household. Money is of listed rows only.
 */
export async function exportTownCounts(
  sink: Sink,
  { place, publisher }: Area,
  children: readonly PlaceEntry[],
  counted: readonly { batch: CurrentBatch; sums: PlaceSums }[],
): Promise<void> {
  const codes = new Set([place.code, ...children.map((child) => child.code)]);
  const own = counted.flatMap(({ batch, sums }) =>
    [...sums].filter(([code]) => codes.has(code)).map(([, sum]) => ({ batch, sum })),
  );
  const target = { kind: 'counts', code: place.code, town: place.code } as const;
  if (own.length === 0) return sink.remove(PUBLIC_FILES.counts.path(place.code), place.code);
  const listed = children.map((child) => ({
    code: child.code,
    totals: totalsOf(
      counted.flatMap(({ batch, sums }) => {
        const sum = sums.get(child.code);
        return sum && sum.listedHouseholds > 0 ? [{ batch, sum: listedPart(sum) }] : [];
      }),
      'listedCents',
    ),
  }));
  await sink.put(target, {
    publisher,
    legalBasis: BASIS_OF_COUNTS,
    updatedOn: newest(own.map(({ batch }) => batch.updatedOn)) ?? '',
    code: place.code,
    totals: totalsOf(own, 'listedCents'),
    children: listed,
    months: [],
  });
}

function listedPart(sum: PlaceSum): BatchSum {
  return { ...sum, households: sum.listedHouseholds, persons: sum.listedPersons };
}

/** The county's counts: all households with all their money, and each township's as its page shows them. */
export async function exportCountyCounts(
  sink: Sink,
  { place, publisher }: Area,
  towns: readonly PlaceEntry[],
  counted: readonly { batch: CurrentBatch; sums: Record<string, BatchSum> }[],
): Promise<void> {
  const all = counted.flatMap(({ batch, sums }) =>
    Object.values(sums).map((sum) => ({ batch, sum })),
  );
  if (all.length === 0) return sink.remove(PUBLIC_FILES.counts.path(place.code), null);
  const children = towns.map((town) => ({
    code: town.code,
    totals: totalsOf(
      counted.flatMap(({ batch, sums }) => {
        const sum = sums[town.code];
        return sum ? [{ batch, sum }] : [];
      }),
      'listedCents',
    ),
  }));
  await sink.put(
    { kind: 'counts', code: place.code },
    {
      publisher,
      legalBasis: BASIS_OF_COUNTS,
      updatedOn: newest(all.map(({ batch }) => batch.updatedOn)) ?? '',
      code: place.code,
      totals: totalsOf(all, 'allCents'),
      children,
      months: [],
    },
  );
}
