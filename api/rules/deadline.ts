import { calendarOf, isWorkday, noticesFor, type Calendars } from './calendar.ts';
import { addDays } from './civil-date.ts';
import { deadlineRow, isDeadline, type DeadlineCode } from './deadlines.ts';
import type { DestinationKind } from './routing-table.ts';
import type { PetitionClass, ProblemCode, ReporterMode } from './vocabulary.ts';

export type Deadline = {
  ruleCode: DeadlineCode;
  startOn: string;
  unit: 'calendar' | 'working';
  dueOn: string;
  /** The notices it rests on, such as `2026-1`; `2027-?` for one that is not loaded. */
  calendarVersion: string;
  /** A notice is missing: to be computed again when it is loaded. */
  provisional: boolean;
};

/**
 * The day by which it must be done (民法典 arts. 201, 203): the first day is not counted; a last day off
 * moves to the next working day. `extraDays` of the same unit come from an extension.
 */
export function computeDeadline(
  code: DeadlineCode,
  startOn: string,
  calendars: Calendars,
  extraDays = 0,
): Deadline {
  const { limit, unit } = deadlineRow(code);
  const days = limit + extraDays;
  const { dueOn, consulted } =
    unit === 'working'
      ? countWorkdays(startOn, days, calendars)
      : countWorkdays(addDays(startOn, days - 1), 1, calendars);
  return { ruleCode: code, startOn, unit, dueOn, ...restsOn(consulted, calendars) };
}

/** A clock as it was set, with the days it was put back by since. */
export type SetClock = Pick<Deadline, 'startOn' | 'dueOn'> & {
  ruleCode: string;
  extraDays: number;
};
export type DueDay = Pick<Deadline, 'dueOn' | 'calendarVersion' | 'provisional'>;

/**
 * The due day of a clock that was set before, from what was kept of it alone: today's date has no say. A date
 * that a person chose is only moved off days on which nobody works.
 */
export function recomputeDeadline(clock: SetClock, calendars: Calendars): DueDay {
  const { ruleCode, startOn, extraDays } = clock;
  if (!isDeadline(ruleCode)) return toWorkday(clock.dueOn, calendars);
  if (deadlineRow(ruleCode).unit === 'calendar') {
    return computeDeadline(ruleCode, startOn, calendars, extraDays);
  }
  const untouched = computeDeadline(ruleCode, startOn, calendars);
  if (extraDays === 0) return untouched;
  const later = toWorkday(addDays(untouched.dueOn, extraDays), calendars);
  const versions = `${untouched.calendarVersion}+${later.calendarVersion}`.split('+');
  return {
    dueOn: later.dueOn,
    calendarVersion: [...new Set(versions)].join('+'),
    provisional: later.provisional || untouched.provisional,
  };
}

/** A running clock with some calendar days more. */
export function putBackDeadline(
  clock: SetClock,
  days: number,
  calendars: Calendars,
): DueDay & { extraDays: number } {
  const extraDays = clock.extraDays + days;
  const later = isDeadline(clock.ruleCode)
    ? clock
    : { ...clock, dueOn: addDays(clock.dueOn, days) };
  return { ...recomputeDeadline({ ...later, extraDays }, calendars), extraDays };
}

function toWorkday(date: string, calendars: Calendars): DueDay {
  const { dueOn, consulted } = countWorkdays(addDays(date, -1), 1, calendars);
  return { dueOn, ...restsOn(consulted, calendars) };
}

/** The notices that these days were looked up in. */
function restsOn(consulted: string[], calendars: Calendars) {
  const years = [...new Set(consulted.flatMap(noticesFor))];
  const versions = years.map((year) => calendarOf(year, calendars)?.version ?? `${year}-?`);
  return {
    calendarVersion: versions.join('+'),
    provisional: consulted.some((date) => !isWorkday(date, calendars).known),
  };
}

/** The due day itself is still in time. */
export function isOverdue(dueOn: string, today: string): boolean {
  return today > dueOn;
}

/** The n-th working day after a date, and every day that was looked up on the way. */
export function countWorkdays(after: string, count: number, calendars: Calendars) {
  const consulted: string[] = [];
  let date = after;
  for (let left = count; left > 0;) {
    date = addDays(date, 1);
    consulted.push(date);
    if (isWorkday(date, calendars).workday) left -= 1;
  }
  return { dueOn: date, consulted };
}

/**
 * Of these clocks, those that run for such a lead; all of them for a sealed one, since those that did not run
 * would tell its class and mode.
 */
export function clocksFor(
  codes: readonly DeadlineCode[],
  lead: { class: PetitionClass; mode: ReporterMode; sealed: boolean },
): DeadlineCode[] {
  if (lead.sealed) return [...codes];
  return codes.filter((code) => {
    const row = deadlineRow(code);
    return (row.classes?.includes(lead.class) ?? true) && (row.modes?.includes(lead.mode) ?? true);
  });
}

export type ArrivalFacts = {
  class: PetitionClass;
  mode: ReporterMode;
  problemTypes: readonly ProblemCode[];
  /** It arrived at a discipline body's desk. */
  heldByDiscipline: boolean;
  sealed: boolean;
  /** Where the routing table would have it handled. */
  destination: DestinationKind;
  /** Someone can be told: by contact or by query code. */
  reachable: boolean;
  /** Setting: the province asks for handling within 15 days. */
  localFifteen: boolean;
};

/** Of a sealed lead even the clocks must not tell class, mode or problem: each has the same two. */
export const SEALED_CLOCKS: readonly DeadlineCode[] = ['ACK_RN', 'UP5'];

/** The clocks that start on the day of arrival, screening included. */
export function clocksAtArrival(facts: ArrivalFacts): DeadlineCode[] {
  if (facts.sealed) return [...SEALED_CLOCKS];
  const report = facts.class === 'REPORT';
  const elsewhere = facts.destination === 'discipline' || facts.destination === 'superior';
  const started: [DeadlineCode, boolean][] = [
    ['ACK_PET', facts.reachable && !(facts.heldByDiscipline && report)],
    ['ACK_RN', facts.heldByDiscipline],
    ['FORWARD', elsewhere && !facts.heldByDiscipline],
    ['LOCAL15', facts.localFifteen],
    ['PIREQ', isCorrection(facts)],
    ['TEST1', facts.problemTypes.includes('PHONE')],
  ];
  const codes = started.filter(([, runs]) => runs).map(([code]) => code);
  return clocksFor(codes, facts);
}

/** A request to correct or take down (信息有误或不应公开). */
function isCorrection(lead: {
  class: PetitionClass;
  problemTypes: readonly ProblemCode[];
}): boolean {
  return (
    lead.class === 'HELP' &&
    lead.problemTypes.some((code) => code === 'OVERPUB' || code === 'OTHER')
  );
}
