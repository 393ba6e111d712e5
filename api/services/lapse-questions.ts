import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { findCurrentEpoch } from '#db/queries/complaints.ts';
import { findLastEventSeq, insertEvent, listEvents, listLapsed } from '#db/queries/lead-events.ts';
import { updateLeadInState } from '#db/queries/leads.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { PLAIN_FACTS } from '#rules/lead-facts.ts';
import type { State } from '#rules/lifecycle-states.ts';
import { findTransition, targetOf } from '#rules/lifecycle.ts';
import { appendAudit } from './audit.ts';
import { findEnteredOn, moveClocks } from './lead-clocks.ts';

/** The clock of a reporter who was asked, and what happens when it has run out. */
const CLOCK = 'NEED15';
const EVENT = 'lapse-info';

/** Leads whose question was not answered in time go on with what there is. Returns how many. */
export async function lapseQuestions(context: Context): Promise<number> {
  const day = civilDateOf(context.now());
  let count = 0;
  for (const lead of await listLapsed(context.db, CLOCK, day)) {
    const events = await listEvents(context.db, lead.id);
    const asked = events.findLast(
      (event) => event.toState === lead.state && event.fromState !== event.toState,
    );
    const resumeState = (asked?.fromState ?? null) as State | null;
    const facts = { ...PLAIN_FACTS, state: lead.state as State, resumeState };
    const rule = findTransition(facts, 'system', { event: EVENT });
    if (!rule) continue;
    const to = targetOf(rule, facts);
    const since = await findEnteredOn(context.db, lead);
    const epoch = await findCurrentEpoch(context.db, lead.id);
    await context.db.transaction(async (tx) => {
      if (!(await updateLeadInState(tx, lead.id, lead.state, { state: to }))) {
        throw new CodedError('state-changed');
      }
      await insertEvent(tx, {
        leadId: lead.id,
        seq: (await findLastEventSeq(tx, lead.id)) + 1,
        event: rule.event,
        fromState: lead.state,
        toState: to,
        onDate: day,
        personId: null,
        bodyCode: null,
        status: 'done',
        epoch,
        sealed: null,
      });
      await moveClocks(tx, lead.id, { rule, facts, to, since, day });
      await appendAudit(tx, context.secrets, context.now(), {
        action: `lead.${rule.event}`,
        subjectKind: 'lead',
        subjectId: lead.id,
      });
    });
    count += 1;
  }
  return count;
}
