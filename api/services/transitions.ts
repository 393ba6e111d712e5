import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { decideEvent, findLastEventSeq, insertEvent } from '#db/queries/lead-events.ts';
import type { LeadEvent } from '#db/queries/lead-events.ts';
import type { Tx } from '#db/store.ts';
import { countsOnEntry } from '#rules/lead-counts.ts';
import { findTransition, stepOf, targetOf } from '#rules/lifecycle.ts';
import type { Step as StepKind } from '#rules/lifecycle.ts';
import type { TransitionRule } from '#rules/transition-rule.ts';
import { sealJson } from '#sealing/age.ts';
import { appendAudit } from './audit.ts';
import { holdNoticeRow } from './household-holds.ts';
import { findReservedLead } from './lead-access.ts';
import { loadCase, staffOf } from './lead-case.ts';
import { findProposal } from './lead-facts.ts';
import type { LeadCase } from './lead-case.ts';
import { applyChange, emptyChange } from './lead-change.ts';
import type { LeadChange } from './lead-change.ts';
import { findEnteredOn, moveClocks } from './lead-clocks.ts';
import { prepareEffects } from './lead-effects.ts';
import type { EventFields } from './lead-timeline.ts';
import { sealMessages } from './lead-messages.ts';
import { publishSoon } from './publish-in-background.ts';
import { readFields, refusalOf } from './transition-input.ts';

/** `event` or `to` names the step; `from` is the state in which the lead was read. */
export type StepInput = {
  reference: string;
  event?: string | undefined;
  to?: string | undefined;
  from: string;
  fields: Record<string, unknown>;
};

/** The event of the second person's consent; what it put into effect is the proposal's event. */
export const APPROVAL = 'approve';

type Prepared = {
  context: Context;
  leadCase: LeadCase;
  rule: TransitionRule;
  kind: StepKind;
  fields: EventFields;
  change: LeadChange;
};

/**
 * Takes one step on a lead: at once, as a proposal, or as the second person's consent to one. Throws
 * `not-found`, `state-changed`, `own-approval`, `not-allowed`, `not-now`, `invalid-input`.
 */
export async function takeStep(
  context: Context,
  actor: Actor,
  input: StepInput,
): Promise<{ event: string; kind: StepKind }> {
  return stepOn(context, await loadCase(context, actor, input.reference), input);
}

/**
 * A body above takes over a lead that it holds in reserve: with its own key, without the help of the
 * body below. Throws `not-found` where no body of the actor holds it so, and as `takeStep`.
 */
export async function pullUp(
  context: Context,
  actor: Actor,
  { reference, fields }: { reference: string; fields: Record<string, unknown> },
): Promise<void> {
  const leadCase = await loadCase(context, actor, reference, findReservedLead);
  const from = leadCase.lead.state;
  await stepOn(context, leadCase, { reference, event: 'pull-up', from, fields });
}

/** As `takeStep`, on a lead that was read already. */
async function stepOn(
  context: Context,
  leadCase: LeadCase,
  input: StepInput,
): Promise<{ event: string; kind: StepKind }> {
  const { facts, lead } = leadCase;
  if (input.from !== lead.state) throw new CodedError('state-changed');
  const staff = staffOf(leadCase);
  const rule = findTransition(facts, staff, input);
  const kind = rule && stepOf(rule, facts, staff);
  if (!rule || !kind) throw refusalOf(facts, staff, input);
  const waiting = findProposal(leadCase.events);
  const needed = [leadCase.epoch, ...(kind === 'approve' && waiting ? [waiting.epoch] : [])];
  if (!needed.every((epoch) => leadCase.identities.has(epoch))) {
    throw new CodedError('not-allowed', {}, '您的单位没有这件线索的密钥，不能办理。');
  }
  const fields =
    kind === 'approve' ? (waiting?.fields ?? {}) : readFields(rule, facts, input.fields);
  const start = emptyChange(leadCase.epoch, lead.contentRecipient);
  // A proposal is prepared as well: what would be refused later is refused now.
  const effects = await prepareEffects({ context, leadCase, rule, fields }, start);
  const change = kind === 'propose' ? start : effects;
  await writeStep({ context, leadCase, rule, kind, fields, change });
  return { event: rule.event, kind };
}

/** Seals what was typed, then writes the whole step in one transaction. */
async function writeStep(prepared: Prepared): Promise<void> {
  const { context, leadCase, rule, kind, fields, change } = prepared;
  const { actor, lead, facts, day } = leadCase;
  const isEmpty = Object.values(fields).every((value) => value === undefined);
  const repeatsProposal = kind === 'approve';
  const sealed =
    isEmpty || repeatsProposal ? null : await sealJson([change.contentRecipient], fields);
  const messages = await sealMessages(context.db, lead, change, day);
  const to = kind === 'propose' ? facts.state : targetOf(rule, facts);
  const sealedLead = (change.set.secrecy ?? lead.secrecy) === 'sealed';
  const found = fields['finding'] ?? rule.finding;
  const finding = typeof found === 'string' ? found : null;
  const counts = countsOnEntry({ from: lead.state, to, sealed: sealedLead }, day, finding);
  const settled = { ...change, set: { ...change.set, ...counts, state: to } };
  const since = await findEnteredOn(context.db, lead);
  const now = context.now();

  const isHeld = await context.db.transaction(async (tx) => {
    const last = leadCase.events.at(-1)?.seq ?? 0;
    if ((await findLastEventSeq(tx, lead.id)) !== last) throw new CodedError('state-changed');
    await applyChange(tx, lead, settled, messages);
    await settleProposal(tx, prepared, to);
    await insertEvent(tx, {
      leadId: lead.id,
      seq: last + 1,
      event: kind === 'approve' ? APPROVAL : rule.event,
      fromState: lead.state,
      toState: kind === 'propose' ? targetOf(rule, facts) : to,
      onDate: day,
      personId: actor.personId,
      bodyCode: bodyOf(leadCase),
      status: kind === 'propose' ? 'proposed' : 'done',
      epoch: change.epoch,
      sealed,
    });
    if (kind !== 'propose') {
      await moveClocks(tx, lead.id, { rule, facts, to, since, day, change });
    }
    await appendAudit(tx, context.secrets, now, {
      action: kind === 'propose' ? `lead.${rule.event}.propose` : `lead.${rule.event}`,
      subjectKind: 'lead',
      subjectId: lead.id,
      personId: actor.personId,
      bodyCode: bodyOf(leadCase),
      fields,
    });
    return kind !== 'propose' && change.hold !== null && holdNoticeRow(tx, context, change.hold);
  });
  // In nobody's name: who took an objection up is not for the publication's record.
  if (isHeld) void publishSoon(context, null);
}

/** A waiting proposal takes effect by its approval; another step that overtakes it ends it. */
async function settleProposal(tx: Tx, { leadCase, rule, kind }: Prepared, to: string) {
  const waiting = findProposal(leadCase.events);
  if (!waiting) return;
  const overtaken = kind === 'propose' || rule.answersProposal || to !== leadCase.lead.state;
  if (kind !== 'approve' && !overtaken) return;
  const status: LeadEvent['status'] = kind === 'approve' ? 'done' : 'declined';
  if (!(await decideEvent(tx, leadCase.lead.id, waiting.seq, status))) {
    throw new CodedError('state-changed');
  }
}

/** The body for which the actor acts on this lead. */
function bodyOf({ actor, roles }: LeadCase): string | null {
  return actor.posts.find((post) => roles.includes(post.role))?.bodyCode ?? null;
}
