import {
  extendDeadline,
  listDeadlines,
  listEvents,
  meetDeadlines,
  startDeadline,
} from '#db/queries/lead-events.ts';
import { setDueOn } from '#db/queries/leads.ts';
import type { LeadDeadline } from '#db/queries/lead-events.ts';
import type { Lead } from '#db/queries/leads.ts';
import type { Reader, Tx } from '#db/store.ts';
import { CALENDARS } from '#rules/calendar-2026.ts';
import { isWorkday } from '#rules/calendar.ts';
import { addDays, daysBetween } from '#rules/civil-date.ts';
import { clocksFor, computeDeadline } from '#rules/deadline.ts';
import { ASSIGNED_CLOCK, isDeadline, isExtendable, isOfficeClock } from '#rules/deadlines.ts';
import type { DeadlineCode } from '#rules/deadlines.ts';
import type { LeadFacts } from '#rules/lead-facts.ts';
import { STATES } from '#rules/lifecycle-states.ts';
import type { State } from '#rules/lifecycle-states.ts';
import { findEntry } from '#rules/lifecycle.ts';
import type { TransitionRule } from '#rules/transition-rule.ts';
import type { LeadChange } from './lead-change.ts';

/**
 * Starts and stops what the rule says and sets the lead's due date: the first one the office must keep.
 * Time in a state where clocks stand still is added to those that were running.
 */
export async function moveClocks(
  tx: Tx,
  leadId: string,
  step: {
    rule: Pick<TransitionRule, 'starts' | 'meets'>;
    facts: Pick<LeadFacts, 'class' | 'mode' | 'state'>;
    to: State;
    /** When the lead came into its present state. */
    since: string;
    day: string;
    change?: Pick<LeadChange, 'ownDueOn' | 'extendBy'>;
  },
): Promise<void> {
  const { rule, facts, to, since, day, change } = step;
  await meetDeadlines(tx, leadId, [...(rule.meets ?? [])], day);
  const stood = STATES[facts.state].clockStops && !STATES[to].clockStops;
  if (stood) await putBack(tx, leadId, daysBetween(since, day), () => true);
  if (change?.extendBy) {
    await putBack(tx, leadId, change.extendBy, isExtendable);
  }
  for (const code of clocksFor([...(rule.starts ?? [])] as DeadlineCode[], facts)) {
    const deadline = computeDeadline(code, day, CALENDARS);
    await startDeadline(tx, {
      ...deadline,
      leadId,
      provisional: deadline.provisional ? 1 : 0,
      metOn: null,
    });
  }
  if (change?.ownDueOn) await setOwnClock(tx, leadId, day, change.ownDueOn);
  await setDueOn(tx, leadId, STATES[to].final ? null : await firstDue(tx, leadId));
}

/** The day on which a lead came into its present state. */
export async function findEnteredOn(
  db: Reader,
  lead: Pick<Lead, 'id' | 'state' | 'receivedOn'>,
): Promise<string> {
  const entered = findEntry(await listEvents(db, lead.id), lead.state);
  return entered?.onDate ?? lead.receivedOn;
}

async function setOwnClock(tx: Tx, leadId: string, day: string, dueOn: string): Promise<void> {
  await meetDeadlines(tx, leadId, [ASSIGNED_CLOCK], day);
  await startDeadline(tx, {
    leadId,
    ruleCode: ASSIGNED_CLOCK,
    startOn: day,
    unit: 'calendar',
    dueOn,
    calendarVersion: '',
    provisional: 0,
    metOn: null,
  });
}

async function putBack(
  tx: Tx,
  leadId: string,
  days: number,
  concerns: (code: string) => boolean,
): Promise<void> {
  for (const deadline of await listDeadlines(tx, leadId)) {
    if (deadline.metOn || !concerns(deadline.ruleCode)) continue;
    await extendDeadline(tx, deadline, laterDue(deadline, days));
  }
}

/** A clock that was never put back is computed anew; else the later day counts from the present one. */
function laterDue(deadline: LeadDeadline, days: number): string {
  const { ruleCode, startOn, dueOn, unit } = deadline;
  if (unit === 'calendar' && isDeadline(ruleCode)) {
    const untouched = computeDeadline(ruleCode, startOn, CALENDARS).dueOn === dueOn;
    if (untouched) return computeDeadline(ruleCode, startOn, CALENDARS, days).dueOn;
  }
  let later = addDays(dueOn, days);
  while (!isWorkday(later, CALENDARS).workday) later = addDays(later, 1);
  return later;
}

async function firstDue(tx: Tx, leadId: string): Promise<string | null> {
  const running = (await listDeadlines(tx, leadId)).filter(
    (deadline) => deadline.metOn === null && isOfficeClock(deadline.ruleCode),
  );
  return running[0]?.dueOn ?? null;
}
