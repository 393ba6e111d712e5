import { CodedError } from '#api/errors.ts';
import { fieldMessages } from '#rules/field-messages.ts';
import type { LeadFacts, StaffActor } from '#rules/lead-facts.ts';
import { GUARDS } from '#rules/lifecycle-guards.ts';
import { TRANSITIONS } from '#rules/lifecycle-table.ts';
import { failingGuards, targetOf } from '#rules/lifecycle.ts';
import { schemaOf } from '#rules/transition-fields.ts';
import type { TransitionRule } from '#rules/transition-rule.ts';
import type { EventFields } from './lead-timeline.ts';

/** What was typed, checked; throws `invalid-input` with a message for each field by its own name. */
export function readFields(
  rule: TransitionRule,
  facts: LeadFacts,
  typed: Record<string, unknown>,
): EventFields {
  const parsed = schemaOf(rule, facts.class).safeParse(typed);
  if (parsed.success) return parsed.data;
  throw new CodedError('invalid-input', fieldMessages(parsed.error));
}

/** Why the step is not open to this person now: the reason nearest to what they could change. */
export function refusalOf(
  facts: LeadFacts,
  actor: StaffActor,
  wanted: { event?: string | undefined; to?: string | undefined },
): CodedError {
  const rules = TRANSITIONS.filter(
    (rule) =>
      rule.from.includes(facts.state) &&
      (wanted.event ? rule.event === wanted.event : targetOf(rule, facts) === wanted.to),
  );
  const [first] = rules;
  if (!first) {
    const field = wanted.event ? 'event' : 'to';
    return new CodedError('not-now', { [field]: '这件线索现在不能这样办理' });
  }
  const own = rules.some(
    (rule) => facts.proposal?.event === rule.event && facts.proposal.proposedBy === actor.personId,
  );
  if (own) return new CodedError('own-approval');
  const mine = rules.filter((rule) => isFor(rule, facts, actor));
  const failing = mine.flatMap((rule) => failingGuards(rule, facts, actor));
  if (failing.length === 0) return new CodedError('not-allowed');
  const advice = [...new Set(failing)].map((code) => GUARDS[code].advice);
  return new CodedError('not-now', {}, advice.join(''));
}

function isFor(rule: TransitionRule, facts: LeadFacts, actor: StaffActor): boolean {
  if (typeof rule.actors === 'string') return false;
  const roles = facts.heldByDiscipline
    ? (['discipline_liaison'] as const)
    : [...rule.actors, ...(rule.approvedBy ?? [])];
  return roles.some((role) => actor.roles.includes(role));
}
