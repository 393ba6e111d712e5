import type { Context } from '#api/context.ts';
import { listLapsed } from '#db/queries/lead-events.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { findTransition } from '#rules/lifecycle.ts';
import { prepareUnattended, readPlainFacts, writeUnattended } from './unattended-step.ts';

/** The clock of a reporter who was asked, and what happens when it has run out. */
const CLOCK = 'NEED15';
const EVENT = 'lapse-info';

/** Leads whose question was not answered in time go on with what there is. Returns how many. */
export async function lapseQuestions(context: Context): Promise<number> {
  const { db, now } = context;
  let count = 0;
  for (const lead of await listLapsed(db, CLOCK, civilDateOf(now()))) {
    const facts = await readPlainFacts(db, lead);
    const rule = findTransition(facts, 'system', { event: EVENT });
    if (!rule) continue;
    const step = await prepareUnattended(db, lead, facts, rule);
    await db.transaction((tx) => writeUnattended(tx, context, step, now()));
    count += 1;
  }
  return count;
}
