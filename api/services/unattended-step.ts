import { CodedError } from '#api/errors.ts';
import type { Context } from '#api/context.ts';
import { findCurrentEpoch } from '#db/queries/complaints.ts';
import { findLastEventSeq, insertEvent, listEvents } from '#db/queries/lead-events.ts';
import { updateLeadInState } from '#db/queries/leads.ts';
import type { Lead } from '#db/queries/leads.ts';
import type { Reader, Tx } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { PLAIN_FACTS } from '#rules/lead-facts.ts';
import type { LeadFacts } from '#rules/lead-facts.ts';
import type { State } from '#rules/lifecycle-states.ts';
import { findEntry, targetOf } from '#rules/lifecycle.ts';
import type { PetitionClass } from '#rules/vocabulary.ts';
import type { TransitionRule } from '#rules/transition-rule.ts';
import { appendAudit } from './audit.ts';
import { findEnteredOn, moveClocks } from './lead-clocks.ts';

/** A step that no member of staff takes: the reporter writes, or a clock has run out. */

type UnattendedLead = Pick<Lead, 'id' | 'state' | 'secrecy' | 'receivedOn'> &
  Partial<Pick<Lead, 'class'>>;

/** A step with all that is read before its transaction. */
export type UnattendedStep = {
  lead: UnattendedLead;
  facts: LeadFacts;
  rule: TransitionRule;
  since: string;
  epoch: number;
};

/** What the table asks of a lead for such a step; the rest of the facts concerns staff only. */
export async function readPlainFacts(db: Reader, lead: UnattendedLead): Promise<LeadFacts> {
  const entry = findEntry(await listEvents(db, lead.id), lead.state);
  const resumeState = (entry?.fromState ?? null) as State | null;
  const { state, secrecy } = lead;
  // Of a sealed lead the class is unknown here.
  const known = lead.class ? { class: lead.class as PetitionClass } : {};
  return { ...PLAIN_FACTS, ...known, state: state as State, resumeState, secrecy };
}

export async function prepareUnattended(
  db: Reader,
  lead: UnattendedLead,
  facts: LeadFacts,
  rule: TransitionRule,
): Promise<UnattendedStep> {
  const since = await findEnteredOn(db, lead);
  return { lead, facts, rule, since, epoch: await findCurrentEpoch(db, lead.id) };
}

/** Moves the lead, its clocks and its history on, in the caller's transaction. Throws `state-changed`. */
export async function writeUnattended(
  tx: Tx,
  { secrets }: Context,
  { lead, facts, rule, since, epoch }: UnattendedStep,
  now: number,
  {
    sealed = null,
    ...entry
  }: { fields?: unknown; sealed?: Buffer | null; dateOnly?: boolean } = {},
): Promise<void> {
  const onDate = civilDateOf(now);
  const to = targetOf(rule, facts);
  if (!(await updateLeadInState(tx, lead.id, lead.state, { state: to }))) {
    throw new CodedError('state-changed');
  }
  await insertEvent(tx, {
    leadId: lead.id,
    seq: (await findLastEventSeq(tx, lead.id)) + 1,
    event: rule.event,
    fromState: lead.state,
    toState: to,
    onDate,
    personId: null,
    bodyCode: null,
    status: 'done',
    epoch,
    sealed,
  });
  await moveClocks(tx, lead.id, { rule, facts, to, since, day: onDate });
  await appendAudit(tx, secrets, now, {
    action: `lead.${rule.event}`,
    subjectKind: 'lead',
    subjectId: lead.id,
    ...entry,
  });
}
