import type { Reader } from '#db/store.ts';
import { addMonths, civilDateOf } from '#rules/civil-date.ts';
import type { PlaceEntry } from '#rules/public-directory.ts';
import type { AidCount, MonthCount } from '#rules/public-lists.ts';
import type { PublicReader } from '#rules/publication.ts';
import { AID_TYPES } from '#rules/vocabulary.ts';
import type { AidType } from '#rules/vocabulary.ts';
import type { CurrentBatch } from './current-batches.ts';
import type { BatchSum, ExportedBatch, ExportState } from './export-state.ts';
import { readPastLists } from './past-lists.ts';
import type { CountedList } from './past-lists.ts';
import { addSums, EMPTY_SUM } from './sum-lists.ts';

const MONTHS_KEPT = 36;

type Money = 'listedCents' | 'allCents';
/** The months of an area whose totals are known; `isWhole`: the county, with what every township counts. */
export type MonthsOf = (
  areaCode: string,
  totals: readonly AidCount[],
  money: Money,
  isWhole?: boolean,
) => Promise<MonthCount[]>;

type Source = {
  db: Reader;
  now: number;
  live: PublicReader;
  places: readonly PlaceEntry[];
  current: readonly CurrentBatch[];
  /** As they are exported now. */
  batches: Record<string, ExportedBatch>;
  /** As they were exported last. */
  before: ExportState | null;
  /** Whether a list joined or left those that count, this month's or an earlier one's. */
  isHistoryMoved: boolean;
  countAs: (placeCode: string) => string;
  countsOnlyBelow: number;
};

/**
 * Months of a township or the county. Earlier months are read from the database where a list was decided since;
 * after changes of single rows they are taken from the file that is live.
 */
export function createMonths(source: Source): MonthsOf {
  const { live, current, batches, before, isHistoryMoved } = source;
  const since = addMonths(civilDateOf(source.now).slice(0, 7), 1 - MONTHS_KEPT);
  let past: Promise<CountedList[]> | undefined;

  return async function monthsOf(areaCode, totals, money, isWhole = false) {
    function sumOf(sums: Record<string, BatchSum> = {}): BatchSum | null {
      const parts = isWhole ? Object.values(sums) : [sums[areaCode]].filter((sum) => !!sum);
      return parts.length === 0 ? null : parts.reduce((a, b) => addSums(a, b));
    }
    const months = new Map<string, BatchSum & { aidType: AidType; period: string }>();
    function put(
      { aidType, period }: { aidType: AidType; period: string },
      sum: BatchSum | null,
      sign: 1 | -1 = 1,
    ) {
      const key = `${aidType} ${period}`;
      const known = months.get(key) ?? EMPTY_SUM;
      if (sum) months.set(key, { ...addSums(known, sum, sign), aidType, period });
    }

    const counts = isHistoryMoved ? null : await live('counts', areaCode);
    if (counts) {
      for (const { amountCents, ...month } of counts.months) {
        put(month, { ...EMPTY_SUM, ...month, listedCents: amountCents, allCents: amountCents });
      }
      for (const batch of current) {
        const now = batches[batch.id]?.sums;
        const then = before?.batches[batch.id]?.sums;
        if (now === then) continue;
        put(batch, sumOf(now));
        put(batch, sumOf(then), -1);
      }
    } else {
      past ??= readPastLists(source.db, { ...source, since });
      for (const list of await past) put(list, sumOf(list.sums));
      for (const batch of current) put(batch, sumOf(batches[batch.id]?.sums));
    }

    for (const total of totals) {
      // Where the newest month is not yet there for every list, those that stand count as well.
      const { joined, left } = months.get(`${total.aidType} ${total.period}`) ?? EMPTY_SUM;
      const { households, persons, amountCents } = total;
      const cents = { listedCents: amountCents, allCents: amountCents };
      months.set(`${total.aidType} ${total.period}`, {
        ...{ aidType: total.aidType, period: total.period },
        ...{ ...EMPTY_SUM, households, persons, joined, left, ...cents },
      });
    }
    return [...months.values()]
      .filter((month) => month.period >= since)
      .sort(byMonth)
      .map(({ aidType, period, households, persons, joined, left, ...cents }) => {
        return { aidType, period, households, persons, amountCents: cents[money], joined, left };
      });
  };
}

const AID_ORDER = Object.keys(AID_TYPES);

/** The newest month first, its aid types in the order of the vocabulary. */
function byMonth(a: MonthOrder, b: MonthOrder): number {
  if (a.period !== b.period) return a.period < b.period ? 1 : -1;
  return AID_ORDER.indexOf(a.aidType) - AID_ORDER.indexOf(b.aidType);
}
type MonthOrder = { aidType: AidType; period: string };
