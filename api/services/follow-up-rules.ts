import type { Context } from '#api/context.ts';
import { listMessages } from '#db/queries/complaints.ts';
import type { LeadRow } from '#db/queries/complaints.ts';
import { listDeadlines, listEvents } from '#db/queries/lead-events.ts';
import type { Kin } from '#db/queries/lead-family.ts';
import type { Reader } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { WISHES, isTimely } from '#rules/follow-up.ts';
import type { Wish } from '#rules/follow-up.ts';
import type { LeadFacts } from '#rules/lead-facts.ts';
import { availableTransitions, findTransition } from '#rules/lifecycle.ts';
import { hasOpenQuestion } from './follow-up-messages.ts';

/** What a reporter may do now, by the transition table and by the days. */

type Terms = Parameters<typeof isTimely>[1];

export async function readTerms({ db, now }: Context, lead: LeadRow): Promise<Terms> {
  const { receivedOn, dueOn } = lead;
  const events = (await listEvents(db, lead.id)).filter(({ status }) => status === 'done');
  const deadlines = await listDeadlines(db, lead.id);
  return { today: civilDateOf(now()), receivedOn, dueOn, events, deadlines };
}

const WRITING = ['post-answer', 'post-supplement'] as const;

export function ruleForWriting(facts: LeadFacts) {
  const wishes: readonly string[] = Object.values(WISHES);
  const rules = availableTransitions(facts, 'reporter').filter(
    ({ event }) => !wishes.includes(event),
  );
  return WRITING.map((effect) => rules.find((rule) => rule.effects?.includes(effect))).find(
    Boolean,
  );
}

export function ruleForWish(facts: LeadFacts, terms: Terms, wish: Wish) {
  if (!isTimely(wish, terms)) return undefined;
  return findTransition(facts, 'reporter', { event: WISHES[wish] });
}

/** Whether the table allows a wish, now or on a later day. */
export function hasRule(facts: LeadFacts, wish: Wish): boolean {
  return findTransition(facts, 'reporter', { event: WISHES[wish] }) !== undefined;
}

/** The lead, or the part of it, whose question waits for an answer. */
export async function findAsking(
  db: Reader,
  lead: LeadRow,
  parts: Kin[],
): Promise<LeadRow | Kin | null> {
  for (const each of [lead, ...parts]) {
    if (hasOpenQuestion(await listMessages(db, each.id))) return each;
  }
  return null;
}
