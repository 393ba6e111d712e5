import type { PlaceEntry } from '#rules/public-directory.ts';
import type { AidCount, ChildCount } from '#rules/public-lists.ts';
import { PUBLIC_FILES } from '#rules/publication.ts';
import { AID_TYPES } from '#rules/vocabulary.ts';
import type { AidType } from '#rules/vocabulary.ts';
import type { CurrentBatch } from './current-batches.ts';
import { newest } from './export-directory.ts';
import type { BatchSum } from './export-state.ts';
import type { MonthsOf } from './export-months.ts';
import type { Sink } from './export-sink.ts';
import { BASIS_OF_COUNTS } from './legal-basis.ts';
import { addSums, EMPTY_SUM } from './sum-lists.ts';
import type { PlaceSum, PlaceSums } from './sum-lists.ts';

type Counted = { batch: CurrentBatch; sum: BatchSum };

/** One total per aid type, of its newest period, in the order of the vocabulary. */
function totalsOf(counted: readonly Counted[], cents: 'listedCents' | 'allCents'): AidCount[] {
  const byType = Map.groupBy(counted, ({ batch }) => batch.aidType);
  return (Object.keys(AID_TYPES) as AidType[]).flatMap((aidType) => {
    const group = byType.get(aidType);
    if (!group) return [];
    const sum = group.reduce((total, entry) => addSums(total, entry.sum), EMPTY_SUM);
    const period = newest(group.map((entry) => entry.batch.period)) ?? '';
    const { households, persons } = sum;
    return [{ aidType, period, households, persons, amountCents: sum[cents] }];
  });
}

/** `today`: when it became known that nothing stands, where nothing does. */
type Area = { place: PlaceEntry; publisher: string; today: string };

/**
 * A township's counts. Households and persons include those not shown by name; a village's do not, since in
 * a small village the difference would point at a household. Money is of listed rows only. Where no list stands
 * any more the months that were counted remain.
 */
export async function exportTownCounts(
  sink: Sink,
  { place, publisher, today }: Area,
  children: readonly PlaceEntry[],
  counted: readonly { batch: CurrentBatch; sums: PlaceSums }[],
  monthsOf: MonthsOf,
): Promise<void> {
  const codes = new Set([place.code, ...children.map((child) => child.code)]);
  const own = counted.flatMap(({ batch, sums }) =>
    [...sums].filter(([code]) => codes.has(code)).map(([, sum]) => ({ batch, sum })),
  );
  const target = { kind: 'counts', code: place.code, town: place.code } as const;
  const totals = totalsOf(own, 'listedCents');
  const months = await monthsOf(place.code, totals, 'listedCents');
  if (months.length === 0) return sink.remove(PUBLIC_FILES.counts.path(place.code), place.code);
  const listed = children.map((child) => ({
    code: child.code,
    totals: totalsOf(
      counted.flatMap(({ batch, sums }) => {
        const sum = sums.get(child.code);
        return sum && sum.listedHouseholds > 0 ? [{ batch, sum: listedPart(sum) }] : [];
      }),
      'listedCents',
    ).map((total): ChildCount => {
      const isHidden = counted.some(
        ({ batch, sums }) =>
          batch.aidType === total.aidType && sums.get(child.code)?.isCountsOnly === true,
      );
      return isHidden ? { ...total, amountCents: null } : total;
    }),
  }));
  await sink.put(target, {
    publisher,
    legalBasis: BASIS_OF_COUNTS,
    updatedOn: newest(own.map(({ batch }) => batch.updatedOn)) ?? today,
    code: place.code,
    totals,
    children: listed,
    months,
  });
}

function listedPart(sum: PlaceSum): BatchSum {
  return { ...sum, households: sum.listedHouseholds, persons: sum.listedPersons };
}

/** The county's counts: all households with all their money, and each township's as its page shows them. */
export async function exportCountyCounts(
  sink: Sink,
  { place, publisher, today }: Area,
  towns: readonly PlaceEntry[],
  counted: readonly { batch: CurrentBatch; sums: Record<string, BatchSum> }[],
  monthsOf: MonthsOf,
): Promise<void> {
  const all = counted.flatMap(({ batch, sums }) =>
    Object.values(sums).map((sum) => ({ batch, sum })),
  );
  const totals = totalsOf(all, 'allCents');
  const months = await monthsOf(place.code, totals, 'allCents', true);
  if (months.length === 0) return sink.remove(PUBLIC_FILES.counts.path(place.code), null);
  const byTown = groupByTown(counted);
  const children = towns.map((town) => ({
    code: town.code,
    totals: totalsOf(byTown.get(town.code) ?? [], 'listedCents'),
  }));
  await sink.put(
    { kind: 'counts', code: place.code },
    {
      publisher,
      legalBasis: BASIS_OF_COUNTS,
      updatedOn: newest(all.map(({ batch }) => batch.updatedOn)) ?? today,
      code: place.code,
      totals,
      children,
      months,
    },
  );
}

function groupByTown(
  counted: readonly { batch: CurrentBatch; sums: Record<string, BatchSum> }[],
): Map<string, Counted[]> {
  const byTown = new Map<string, Counted[]>();
  for (const { batch, sums } of counted) {
    for (const [town, sum] of Object.entries(sums)) {
      const here = byTown.get(town) ?? [];
      byTown.set(town, here);
      here.push({ batch, sum });
    }
  }
  return byTown;
}
