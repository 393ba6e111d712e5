import { z } from 'zod';
import { addDays, addMonths, lastDayOf } from './civil-date.ts';
import { RATINGS } from './follow-up.ts';
import { firstTimeRate } from './ledger-counts.ts';
import type { CountedLead } from './ledger-counts.ts';
import { matterOf } from './routing.ts';
import type { State } from './lifecycle-states.ts';
import { BODY_KINDS, MATTERS, codesOf } from './vocabulary.ts';
import type { BodyKind, ProblemCode } from './vocabulary.ts';

/**
 * Complaints of a month as they are counted for the public: once, and then kept, so that no number changes
 * by one when a lead is merged or sealed later. What of it is told: rules/told-statistics.
 */

/** A month is counted on this day of the next one: reports on it are due by then (domain.md REP-1). */
const COUNTED_ON_DAY = 15;

/** Months that are told; older ones were on the site before. */
export const MONTHS_TOLD = 36;

const count = z.number().int().nonnegative();
export const CountedMonth = z.strictObject({
  /** Complaints received, by township; '' where none was named. */
  byTown: z.record(z.string(), count),
  byMatter: z.record(z.enum(MATTERS), count),
  /** Leads that were concluded, those of them within their time, and those settled at once. */
  concluded: count,
  inTime: count,
  firstTime: count,
  /** Leads that came under supervision. */
  supervised: count,
  ratings: z.record(z.enum(codesOf(RATINGS)), count),
  /** Open leads past their day when the month was counted; null where that was long after. */
  overdue: z
    .strictObject({ onDate: z.string(), byKind: z.record(z.enum(codesOf(BODY_KINDS)), count) })
    .nullable(),
});
export type CountedMonth = z.infer<typeof CountedMonth>;

/** The last month that may be counted. */
export function lastCountableMonth(today: string): string {
  const before = Number(today.slice(8)) >= COUNTED_ON_DAY ? -1 : -2;
  return addMonths(today.slice(0, 7), before);
}

/** The day on which a month is counted for the public. */
export function countingDayOf(month: string): string {
  return addDays(lastDayOf(month), COUNTED_ON_DAY);
}

/** Months to be counted, the newest first. `first` is the first month of the portal. */
export function listUncounted(
  first: string,
  today: string,
  counted: ReadonlySet<string>,
): string[] {
  const last = lastCountableMonth(today);
  const oldest = [first, addMonths(last, 1 - MONTHS_TOLD)].toSorted().at(-1) ?? first;
  const months: string[] = [];
  for (let month = last; month >= oldest; month = addMonths(month, -1)) months.push(month);
  return months.filter((month) => !counted.has(month));
}

export type ReceivedLead = {
  town: string | null;
  problems: readonly ProblemCode[];
  state: State;
  events: ReadonlySet<string>;
};

/** What nobody complained of: advertising and the like, until somebody took it back. */
function isSpam({ state, events }: ReceivedLead): boolean {
  return state === 'REJECTED' && events.has('reject-spam') && !events.has('restore-spam');
}

/** Matters as they arrived; what was merged into another or split off one is not among `leads`. */
export function countReceived(leads: readonly ReceivedLead[], towns: readonly string[]) {
  const matters = leads.filter((lead) => !isSpam(lead));
  const byTown: Record<string, number> = Object.fromEntries(
    ['', ...towns].map((town) => [town, 0]),
  );
  const byMatter = Object.fromEntries(
    MATTERS.map((matter) => [matter, 0]),
  ) as CountedMonth['byMatter'];
  for (const { town, problems } of matters) {
    byTown[town ?? ''] = (byTown[town ?? ''] ?? 0) + 1;
    byMatter[matterOf(problems)] += 1;
  }
  return { byTown, byMatter };
}

export type ConcludedLead = CountedLead & {
  concludedOn: string;
  /** The last day of the handling (期限 of the ledger); null where none was set. */
  handlingDueOn: string | null;
};

/** The ledger says what counts as concluded and as settled by the first handling. */
export function countConcluded(leads: readonly ConcludedLead[]) {
  const isLate = ({ handlingDueOn, concludedOn }: ConcludedLead) =>
    handlingDueOn !== null && concludedOn > handlingDueOn;
  const { concluded, first } = firstTimeRate(leads);
  const late = firstTimeRate(leads.filter(isLate)).concluded;
  return { concluded, inTime: concluded - late, firstTime: first };
}

/** A record with every code of a table, those that were not counted as 0. */
export function fillCounts<Code extends string>(
  codes: readonly Code[],
  counted: readonly { code: string; count: number }[],
) {
  const counts = new Map<string, number>();
  for (const each of counted) counts.set(each.code, (counts.get(each.code) ?? 0) + each.count);
  return Object.fromEntries(codes.map((code) => [code, counts.get(code) ?? 0])) as Record<
    Code,
    number
  >;
}

export type OverdueByKind = Record<BodyKind, number>;
