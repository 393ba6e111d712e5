import {
  deleteDeadlines,
  listDeadlines,
  listEvents,
  meetDeadlines,
  moveDeadline,
  startDeadline,
} from '#db/queries/lead-events.ts';
import { setDueOn } from '#db/queries/leads.ts';
import type { Lead } from '#db/queries/leads.ts';
import type { Reader, Tx } from '#db/store.ts';
import type { Calendars } from '#rules/calendar.ts';
import { addDays, daysBetween } from '#rules/civil-date.ts';
import { SEALED_CLOCKS, clocksFor, computeDeadline, putBackDeadline } from '#rules/deadline.ts';
import type { Deadline } from '#rules/deadline.ts';
import {
  OWN_CLOCKS,
  REPORT_CLOCK,
  TELLING_CLOCKS,
  isExtendable,
  isOfficeClock,
} from '#rules/deadlines.ts';
import type { DeadlineCode } from '#rules/deadlines.ts';
import type { LeadFacts } from '#rules/lead-facts.ts';
import { STATES } from '#rules/lifecycle-states.ts';
import type { State } from '#rules/lifecycle-states.ts';
import { findEntry } from '#rules/lifecycle.ts';
import type { TransitionRule } from '#rules/transition-rule.ts';
import { loadCalendars } from './calendars.ts';
import type { LeadChange, OwnClock } from './lead-change.ts';

/** While a question to the reporter runs, the office's clocks stand still. */
const QUESTION_CLOCK: DeadlineCode = 'NEED15';

/**
 * Starts and stops what the rule says and sets the lead's due date: the first one the office must keep.
 * Time in a state where clocks stand still is added to those that were running.
 */
export async function moveClocks(
  tx: Tx,
  leadId: string,
  step: {
    rule: Pick<TransitionRule, 'starts' | 'meets' | 'meetsUnlessNamed'>;
    facts: Pick<LeadFacts, 'class' | 'mode' | 'secrecy' | 'state'>;
    to: State;
    /** When the lead came into its present state. */
    since: string;
    day: string;
    change?: Pick<
      LeadChange,
      'ownClock' | 'endsReports' | 'extendBy' | 'restartsClocks' | 'toldOn' | 'startsClocks'
    >;
  },
): Promise<void> {
  const { rule, facts, to, since, day, change } = step;
  // Of a sealed lead the clocks must not tell whether its reporter left a name.
  const isToldByCode = facts.mode === 'ANONYMOUS' && facts.secrecy !== 'sealed';
  const met = [...(rule.meets ?? []), ...(isToldByCode ? (rule.meetsUnlessNamed ?? []) : [])];
  await meetDeadlines(tx, leadId, met, change?.toldOn ?? day);
  const calendars = await loadCalendars(tx);
  if (STATES[facts.state].clockStops && !STATES[to].clockStops) {
    await putBack(tx, leadId, await daysStood(tx, leadId, since, day), () => true, calendars);
  }
  if (change?.extendBy) await putBack(tx, leadId, change.extendBy, isExtendable, calendars);
  if (change?.restartsClocks) await deleteDeadlines(tx, leadId);
  const codes = change?.restartsClocks
    ? [...SEALED_CLOCKS]
    : clocksFor([...(rule.starts ?? []), ...(change?.startsClocks ?? [])], {
        ...facts,
        sealed: facts.secrecy === 'sealed',
      });
  for (const code of codes) {
    const deadline = computeDeadline(code, day, calendars);
    await startDeadline(tx, { ...storedDeadline(deadline), leadId });
  }
  if (change?.endsReports) await meetDeadlines(tx, leadId, [REPORT_CLOCK], day);
  if (change?.ownClock) await setOwnClock(tx, leadId, day, change.ownClock);
  await setDueOn(tx, leadId, await firstDue(tx, leadId, STATES[to].final));
}

/** The day on which a lead came into its present state. */
export async function findEnteredOn(
  db: Reader,
  lead: Pick<Lead, 'id' | 'state' | 'receivedOn'>,
): Promise<string> {
  const entered = findEntry(await listEvents(db, lead.id), lead.state);
  return entered?.onDate ?? lead.receivedOn;
}

async function setOwnClock(tx: Tx, leadId: string, day: string, own: OwnClock): Promise<void> {
  await meetDeadlines(tx, leadId, [...OWN_CLOCKS[own.code]], day);
  await startDeadline(tx, { leadId, ...ownDeadline(own.code, day, own.dueOn) });
}

/** A date that was given by hand, as a clock. */
export function ownDeadline(ruleCode: string, startOn: string, dueOn: string) {
  return {
    ruleCode,
    startOn,
    unit: 'calendar' as const,
    dueOn,
    calendarVersion: '',
    provisional: 0,
    extraDays: 0,
    metOn: null,
  };
}

/** A clock that begins, as it is kept. */
export function storedDeadline(deadline: Deadline) {
  return { ...deadline, provisional: deadline.provisional ? 1 : 0, extraDays: 0, metOn: null };
}

/**
 * Days for which clocks stood still: never more than the reporter was given to answer, nor less than none,
 * whatever the system's clock says now.
 */
async function daysStood(tx: Tx, leadId: string, since: string, day: string): Promise<number> {
  const asked = (await listDeadlines(tx, leadId)).filter(
    ({ ruleCode, startOn }) => ruleCode === QUESTION_CLOCK && startOn >= since,
  );
  const lapsed = asked
    .map(({ dueOn }) => addDays(dueOn, 1))
    .toSorted()
    .at(-1);
  const until = lapsed && lapsed < day ? lapsed : day;
  return Math.max(0, daysBetween(since, until));
}

async function putBack(
  tx: Tx,
  leadId: string,
  days: number,
  concerns: (code: string) => boolean,
  calendars: Calendars,
): Promise<void> {
  for (const deadline of await listDeadlines(tx, leadId)) {
    if (deadline.metOn || !concerns(deadline.ruleCode)) continue;
    const later = putBackDeadline(deadline, days, calendars);
    await moveDeadline(tx, deadline, { ...later, provisional: later.provisional ? 1 : 0 });
  }
}

/** The first day the office must keep; of a lead at its end only those by which somebody is to be told. */
export async function firstDue(
  tx: Reader,
  leadId: string,
  isFinal: boolean,
): Promise<string | null> {
  const running = (await listDeadlines(tx, leadId)).filter(
    ({ metOn, ruleCode }) =>
      metOn === null && isOfficeClock(ruleCode) && (!isFinal || TELLING_CLOCKS.includes(ruleCode)),
  );
  return running[0]?.dueOn ?? null;
}
