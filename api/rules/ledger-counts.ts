import { isOverdue } from './deadline.ts';
import type { LedgerCells } from './ledger-columns.ts';
import { STATES } from './lifecycle-states.ts';
import type { State } from './lifecycle-states.ts';
import { ESCALATIONS } from './vocabulary-handling.ts';
import { PROBLEM_TYPES } from './vocabulary.ts';
import type { ProblemCode } from './vocabulary.ts';

/** A lead as it is counted: nothing of it is opened, so a sealed one has neither place nor problem. */
export type CountedLead = {
  state: State;
  class: string | null;
  town: string | null;
  village: string | null;
  problems: readonly ProblemCode[];
  dueOn: string | null;
  repeats: number;
  /** Names of the steps that took effect. */
  events: ReadonlySet<string>;
  measures: readonly string[];
};

/** Below this a township is not told how many there are of its own (domain.md §5.4.6). */
const SMALL = 3;
/** So many leads of one place ask for a measure, unless the reader says otherwise. */
export const HOT_FROM = 5;

/** What is done about a place of many leads, besides supervising single ones (LEAD-10). */
const PLACE_MEASURES: readonly string[] = [
  ESCALATIONS.RESEARCH,
  ESCALATIONS.KEY,
  ESCALATIONS.DIRECT,
  ESCALATIONS.INTERVIEW,
];

export type CountRules = { today: string; hotFrom: number; hidesSmall: boolean };

/**
 * Places by their leads, the most first: a line for each township and one for each village of it that
 * leads name. Leads merged into others and those without a place are not counted.
 */
export function countByPlace(leads: readonly CountedLead[], rules: CountRules): LedgerCells[] {
  const counted = leads.filter((lead) => lead.town !== null && lead.state !== 'MERGED');
  const towns = [...Map.groupBy(counted, (lead) => lead.town ?? '')].toSorted(byCount);
  return towns
    .flatMap(([town, own]) => {
      const villages = [...Map.groupBy(own, (lead) => lead.village ?? '')].toSorted(byCount);
      const named = villages.filter(([village]) => village !== '');
      return [
        { town, village: '', leads: own },
        ...named.map(([village, leads]) => ({ town, village, leads })),
      ];
    })
    .map((place, at) => placeLine(place, at + 1, rules));
}

function placeLine(
  { town, village, leads }: { town: string; village: string; leads: readonly CountedLead[] },
  serial: number,
  { today, hotFrom, hidesSmall }: CountRules,
): LedgerCells {
  const count = (matches: (lead: CountedLead) => boolean) =>
    numberOf(leads.filter(matches).length, hidesSmall);
  const isHot = leads.length >= hotFrom;
  const measures = new Set(leads.flatMap((lead) => lead.measures));
  const taken = [...measures].filter((measure) => PLACE_MEASURES.includes(measure));
  return {
    serial: String(serial),
    town,
    village: village || '全镇（街道）',
    count: count(() => true),
    reports: count((lead) => lead.class === 'REPORT'),
    repeats: count((lead) => lead.repeats > 0),
    concluded: count((lead) => !STATES[lead.state].open),
    overdue: count(
      ({ state, dueOn }) => STATES[state].open && dueOn !== null && isOverdue(dueOn, today),
    ),
    problems: hidesSmall && leads.length < SMALL ? '' : mostFrequent(leads),
    isHot: isHot ? '是' : '否',
    measures: taken.join('、') || (isHot ? '未采取' : ''),
  };
}

function mostFrequent(leads: readonly CountedLead[]): string {
  const counts = new Map<ProblemCode, number>();
  for (const code of leads.flatMap((lead) => lead.problems)) {
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const sorted = [...counts].toSorted(([, one], [, other]) => other - one);
  return sorted
    .slice(0, 3)
    .map(([code, count]) => `${PROBLEM_TYPES[code].label}${count}`)
    .join('、');
}

function byCount<T extends readonly [string, readonly unknown[]]>(one: T, other: T): number {
  return other[1].length - one[1].length || (one[0] < other[0] ? -1 : 1);
}

function numberOf(count: number, hidesSmall: boolean): string {
  return hidesSmall && count > 0 && count < SMALL ? `少于${SMALL}` : String(count);
}

/** Steps after which a matter was not settled by its first handling. */
const RETURNS = ['return-transfer', 'return-by-letter', 'send-back'];
const REOPENINGS = ['reopen', 'open-review'];
/** A matter that ended here was decided about, not settled. */
const NOT_SETTLED: readonly State[] = ['REJECTED', 'MERGED'];

/**
 * 一次性化解率: of the matters that were concluded, the share settled by their first handling. A matter
 * counts as concluded from its conclusion on, also while it is handled or reviewed once more; a refusal and
 * a lead merged into another do not count. It was settled at once where nobody came a second time about it,
 * the body it was handed to did not return it, and it was neither reviewed nor reopened nor sent back. A
 * report that a reviewer had completed before the conclusion stays settled at once.
 */
export function firstTimeRate(leads: readonly CountedLead[]) {
  const matters = leads.filter(({ state }) => !NOT_SETTLED.includes(state));
  const again = (lead: CountedLead) => hasAny(lead, [...RETURNS, ...REOPENINGS]);
  const concluded = matters.filter((lead) => !STATES[lead.state].open || wasConcluded(lead));
  const first = concluded.filter((lead) => lead.repeats === 0 && !again(lead));
  return {
    concluded: concluded.length,
    first: first.length,
    /** Null where nothing was concluded. */
    rate: concluded.length === 0 ? null : first.length / concluded.length,
    repeated: concluded.filter((lead) => lead.repeats > 0).length,
    returned: concluded.filter((lead) => hasAny(lead, RETURNS)).length,
    reopened: concluded.filter((lead) => hasAny(lead, REOPENINGS)).length,
  };
}

function wasConcluded(lead: CountedLead): boolean {
  return hasAny(lead, REOPENINGS) || lead.events.has('send-back');
}

function hasAny({ events }: CountedLead, names: readonly string[]): boolean {
  return names.some((name) => events.has(name));
}

/** A line for each township, and one for all of them. */
export function countFirstTime(
  leads: readonly CountedLead[],
  { hidesSmall }: CountRules,
): LedgerCells[] {
  const towns = [...Map.groupBy(leads, (lead) => lead.town ?? '未指明乡镇')].toSorted(
    ([one], [other]) => (one < other ? -1 : 1),
  );
  const lines = towns
    .map(([town, own]) => ({ town, counts: firstTimeRate(own) }))
    .filter(({ counts }) => counts.concluded > 0);
  const all = { town: '合计', counts: firstTimeRate(leads) };
  return [...lines, ...(lines.length > 1 ? [all] : [])].map(({ town, counts }, at) => ({
    serial: town === all.town ? '' : String(at + 1),
    town,
    concluded: numberOf(counts.concluded, hidesSmall),
    first: numberOf(counts.first, hidesSmall),
    rate: hidesSmall && counts.concluded < SMALL ? '' : percentOf(counts.rate),
    repeated: numberOf(counts.repeated, hidesSmall),
    returned: numberOf(counts.returned, hidesSmall),
    reopened: numberOf(counts.reopened, hidesSmall),
  }));
}

function percentOf(rate: number | null): string {
  return rate === null ? '' : `${(rate * 100).toFixed(1)}%`;
}
