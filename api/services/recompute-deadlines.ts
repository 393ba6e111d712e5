import type { Context } from '#api/context.ts';
import { listCalendarVersions, listDeadlinesOn, moveDeadline } from '#db/queries/lead-events.ts';
import { listLeadStates, moveDueOn } from '#db/queries/leads.ts';
import { moveReminder } from '#db/queries/referrals.ts';
import type { Reader, Tx } from '#db/store.ts';
import { isStale } from '#rules/calendar.ts';
import type { Calendars } from '#rules/calendar.ts';
import { recomputeDeadline } from '#rules/deadline.ts';
import type { DeadlineCode } from '#rules/deadlines.ts';
import { STATES } from '#rules/lifecycle-states.ts';
import type { State } from '#rules/lifecycle-states.ts';
import { appendAudit } from './audit.ts';
import { loadCalendars } from './calendars.ts';
import { firstDue } from './lead-clocks.ts';

/** Its day stands on the letter too. */
const REMINDER_CLOCK: DeadlineCode = 'FOLLOW30';

/** How many running deadlines were computed anew, and how many of them fell on another day. */
export type Recomputed = { deadlines: number; moved: number };

/** Running deadlines that these calendars would set otherwise, with what they come to. */
async function planRecompute(db: Reader, calendars: Calendars) {
  const versions = (await listCalendarVersions(db)).filter((each) => isStale(each, calendars));
  return (await listDeadlinesOn(db, versions)).map((clock) => ({
    clock,
    anew: recomputeDeadline(clock, calendars),
  }));
}

/** What loading these calendars would do. */
async function previewRecompute(db: Reader, calendars: Calendars): Promise<Recomputed> {
  return summarise(await planRecompute(db, calendars));
}

/** Moves every running deadline that rests on an older calendar, and its lead's due day. */
export async function recomputeDeadlines(tx: Tx, calendars: Calendars): Promise<Recomputed> {
  const plan = await planRecompute(tx, calendars);
  for (const { clock, anew } of plan) {
    const { dueOn, calendarVersion, provisional } = anew;
    await moveDeadline(tx, clock, {
      dueOn,
      calendarVersion,
      provisional: provisional ? 1 : 0,
      extraDays: clock.extraDays,
    });
    if (clock.ruleCode === REMINDER_CLOCK) await moveReminder(tx, clock.leadId, dueOn);
  }
  const touched = [...new Set(plan.map(({ clock }) => clock.leadId))];
  for (const { id, state } of await listLeadStates(tx, touched)) {
    await moveDueOn(tx, id, await firstDue(tx, id, STATES[state as State].final));
  }
  return summarise(plan);
}

/** What a newer calendar, shipped or loaded since, leaves to be computed anew. */
export async function recomputeStale({ db, secrets, now }: Context): Promise<number> {
  const calendars = await loadCalendars(db);
  if ((await previewRecompute(db, calendars)).deadlines === 0) return 0;
  return db.transaction(async (tx) => {
    const done = await recomputeDeadlines(tx, calendars);
    await appendAudit(tx, secrets, now(), {
      action: 'calendar.recompute',
      subjectKind: 'calendar',
      subjectId: calendars.map((calendar) => calendar.version).join('+'),
      fields: done,
    });
    return done.deadlines;
  });
}

function summarise(plan: Awaited<ReturnType<typeof planRecompute>>): Recomputed {
  const moved = plan.filter(({ clock, anew }) => clock.dueOn !== anew.dueOn).length;
  return { deadlines: plan.length, moved };
}
