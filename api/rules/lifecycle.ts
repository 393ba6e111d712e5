import type { Actor, LeadFacts, StaffActor } from './lead-facts.ts';
import { GUARDS, guardOf, type GuardCode } from './lifecycle-guards.ts';
import { STATES, type PublicStatus, type State } from './lifecycle-states.ts';
import { TRANSITIONS } from './lifecycle-table.ts';
import type { RoleCode } from './roles.ts';
import type { TransitionRule } from './transition-rule.ts';

/**
 * What may happen to a lead. The table says it, this file reads the table; nothing else decides on a
 * state.
 */

/** What pressing the button would be: done at once, a proposal, or its confirmation. */
export type Step = 'do' | 'propose' | 'approve';

/** The state after the rule; a rule that leaves it alone answers the present one. */
export function targetOf(rule: TransitionRule, facts: LeadFacts): State {
  if (rule.to === null) return facts.state;
  return rule.to === 'resume' ? (facts.resumeState ?? 'TRIAGE') : rule.to;
}

export function ruleOfEvent(event: string): TransitionRule | undefined {
  return TRANSITIONS.find((rule) => rule.event === event);
}

/** The change that brought a lead into this state; a proposal has changed nothing yet. */
export function findEntry<
  Event extends { status: string; fromState: string | null; toState: string },
>(events: readonly Event[], state: string): Event | undefined {
  return events.findLast(
    (event) =>
      event.status === 'done' && event.toState === state && event.fromState !== event.toState,
  );
}

/** Which step `actor` could take by this rule now, or null. */
export function stepOf(rule: TransitionRule, facts: LeadFacts, actor: Actor): Step | null {
  if (!concerns(rule, facts)) return null;
  if (typeof actor === 'string') return passes(rule, facts, actor) ? 'do' : null;
  if (typeof rule.actors === 'string' || isBarred(rule, facts, actor)) return null;
  if (!passes(rule, facts, actor)) return null;
  if (rule.answersProposal) return answersProposal(rule, facts, actor) ? 'do' : null;
  if (!rule.approvedBy) return mayAct(rule.actors, facts, actor) ? 'do' : null;
  if (facts.proposal?.event !== rule.event) {
    return mayAct(rule.actors, facts, actor) ? 'propose' : null;
  }
  const second = facts.proposal.proposedBy !== actor.personId;
  return second && mayAct(rule.approvedBy, facts, actor) ? 'approve' : null;
}

/** What keeps `actor` from a step that is theirs and says so: the advice of every guard that fails. */
export function listMissing(
  facts: LeadFacts,
  actor: StaffActor,
): { rule: TransitionRule; missing: string[] }[] {
  return TRANSITIONS.filter(
    (rule) =>
      rule.tellsMissing &&
      concerns(rule, facts) &&
      typeof rule.actors !== 'string' &&
      mayAct(rule.actors, facts, actor) &&
      !isBarred(rule, facts, actor),
  ).flatMap((rule) => {
    const failing = failingGuards(rule, facts, actor).map(guardOf);
    const isMeant = failing.length > 0 && !failing.some((guard) => guard.picks);
    return isMeant ? [{ rule, missing: failing.map((guard) => guard.advice) }] : [];
  });
}

export function failingGuards(rule: TransitionRule, facts: LeadFacts, actor: Actor): GuardCode[] {
  return (rule.requires ?? []).filter((code) => !GUARDS[code].holds(facts, actor));
}

export function availableTransitions(facts: LeadFacts, actor: Actor): TransitionRule[] {
  return TRANSITIONS.filter((rule) => stepOf(rule, facts, actor) !== null);
}

/** The available rule with that event, or else the first that leads to that (other) state. */
export function findTransition(
  facts: LeadFacts,
  actor: Actor,
  wanted: { event?: string | undefined; to?: string | undefined },
): TransitionRule | undefined {
  const available = availableTransitions(facts, actor);
  if (wanted.event) return available.find((rule) => rule.event === wanted.event);
  return available.find((rule) => rule.to !== null && targetOf(rule, facts) === wanted.to);
}

/** Merged into another lead, which answers for it. */
export function followsParent(state: State): boolean {
  return STATES[state].publicStatus === 'parent';
}

/**
 * What the public is told; a merged lead follows its parent. Nothing is answered as long as a part that
 * was split off is being worked on.
 */
export function publicStatusOf(
  state: State,
  parentState?: State,
  parts: readonly State[] = [],
): PublicStatus {
  const status = STATES[parentState ?? state].publicStatus;
  if (status === 'parent') return 'in-progress';
  const isOver = !STATES[parentState ?? state].open;
  const working = parts.find((part) => STATES[part].open);
  return isOver && working ? publicStatusOf(working) : status;
}

function concerns(rule: TransitionRule, facts: LeadFacts): boolean {
  // What a sealed lead is stands in its content alone: its reporter may ask, and who reads it decides.
  const isUnknown = rule.actors === 'reporter' && facts.secrecy === 'sealed';
  return (
    rule.from.includes(facts.state) &&
    (isUnknown || (rule.classes?.includes(facts.class) ?? true)) &&
    !rule.notClasses?.includes(facts.class)
  );
}

function passes(rule: TransitionRule, facts: LeadFacts, actor: Actor): boolean {
  if (typeof actor === 'string' && rule.actors !== actor) return false;
  return failingGuards(rule, facts, actor).length === 0;
}

function isBarred(rule: TransitionRule, facts: LeadFacts, actor: StaffActor): boolean {
  const isLast = facts.lastActor === actor.personId;
  const barred = {
    proposer: facts.proposal?.proposedBy === actor.personId,
    // Of a discipline group of two both work on a lead: the one judges what the other did last.
    'case-worker': facts.heldByDiscipline ? isLast : facts.caseWorkers.includes(actor.personId),
    'last-actor': isLast,
  };
  return isBeside(rule, facts, actor) || (rule.notBy ?? []).some((who) => barred[who]);
}

/** Several discipline bodies may hold one lead, all their people are liaisons: one of them decides on it. */
function isBeside(rule: TransitionRule, facts: LeadFacts, actor: StaffActor): boolean {
  const own = actor.bodies ?? [];
  const decides = own.some((body) => facts.deciders.includes(body));
  if (!facts.heldByDiscipline || facts.deciders.length === 0 || decides) return false;
  const isReceiver = facts.receiver !== null && own.includes(facts.receiver);
  return rule.alsoBy !== 'holder' && !(rule.alsoBy === 'receiver' && isReceiver);
}

/** On a lead held by the discipline group every actor is a liaison of it. */
function mayAct(roles: readonly RoleCode[], facts: LeadFacts, actor: StaffActor): boolean {
  const wanted: readonly RoleCode[] = facts.heldByDiscipline ? ['discipline_liaison'] : roles;
  return wanted.some((role) => actor.roles.includes(role));
}

function answersProposal(rule: TransitionRule, facts: LeadFacts, actor: StaffActor): boolean {
  const own = facts.proposal?.proposedBy === actor.personId;
  if (rule.answersProposal === 'proposer') return own;
  const proposed = TRANSITIONS.find((each) => each.event === facts.proposal?.event);
  return !own && proposed !== undefined && stepOf(proposed, facts, actor) === 'approve';
}
