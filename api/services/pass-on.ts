import type { Actor, Context } from '#api/context.ts';
import { listBodies } from '#db/queries/bodies.ts';
import type { Body } from '#db/queries/bodies.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { ruleOfEvent } from '#rules/lifecycle.ts';
import { ALL_STATES, STATES } from '#rules/lifecycle-states.ts';
import { takeSteps } from './bulk-steps.ts';
import type { BulkResult } from './bulk-steps.ts';
import { listVisibleLeads } from './lead-access.ts';
import { describeLeads } from './leads.ts';

/** Leads that stand at a body which was merged into another. */

const EVENT = 'succeed';
const MOST_AT_ONCE = 50;
/** Beyond, they are not counted: each is looked at for whether this person may know of it. */
const MOST_COUNTED = 300;
const UNENDED = ALL_STATES.filter((state) => !STATES[state].final);

/** Ended bodies that still have leads the person may know of and pass on, with how many; exact unless `isMore`. */
export async function listLeftBehind(context: Context, actor: Actor) {
  const found: { bodyName: string; count: number; isMore: boolean }[] = [];
  for (const { code, name } of await listEnded(context, actor)) {
    const filter = { bodyCode: code, states: UNENDED };
    const leads = await listVisibleLeads(context, actor, filter, { limit: MOST_COUNTED + 1 });
    const count = Math.min(leads.length, MOST_COUNTED);
    if (count > 0) found.push({ bodyName: name, count, isMore: leads.length > count });
  }
  return found;
}

/** Passes the leads of ended bodies on, as many as go at once. */
export async function passOnLeads(context: Context, actor: Actor): Promise<BulkResult> {
  const ids: string[] = [];
  for (const { code } of await listEnded(context, actor)) {
    const limit = MOST_AT_ONCE - ids.length;
    if (limit === 0) break;
    const filter = { bodyCode: code, states: UNENDED };
    ids.push(...(await listVisibleLeads(context, actor, filter, { limit })).map(({ id }) => id));
  }
  const leads = (await describeLeads(context, ids)).map(({ reference, status }) => {
    return { reference, from: status };
  });
  return takeSteps(context, actor, { event: EVENT, fields: {}, leads });
}

async function listEnded(context: Context, actor: Actor): Promise<Body[]> {
  const actors: readonly string[] | string = ruleOfEvent(EVENT)?.actors ?? [];
  if (!actor.posts.some(({ role }) => actors.includes(role))) return [];
  const today = civilDateOf(context.now());
  return (await listBodies(context.db)).filter(
    ({ validTo, successorCode }) => validTo !== null && validTo <= today && successorCode !== null,
  );
}
