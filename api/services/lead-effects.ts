import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listPostsOf } from '#db/queries/people.ts';
import { ASSIGNED_CLOCK } from '#rules/deadlines.ts';
import { refuseRecusalBy } from '#rules/recusal-decision.ts';
import type { RoleCode } from '#rules/roles.ts';
import { isDiscipline, superiorsOf } from '#rules/subjects.ts';
import type { EffectCode, TransitionRule } from '#rules/transition-rule.ts';
import { macOfExclusion } from './exclusions.ts';
import { settleCode } from './former-codes.ts';
import { giveToBody, sealLead, takeOffBodies } from './handover.ts';
import type { LeadCase } from './lead-case.ts';
import type { LeadChange, MessageKind } from './lead-change.ts';
import { checkRecovery, checkRequestDate, setDueDate, setLookDate } from './lead-dates.ts';
import { listItems } from './lead-facts.ts';
import { listAssignable } from './lead-people.ts';
import { mergeLead } from './lead-merge.ts';
import { splitLead } from './lead-split.ts';
import { classifyLead, holdNamedRow } from './lead-classify.ts';
import { pullUpLead } from './pull-up.ts';
import {
  recordReceipt,
  recordResult,
  remindReceiver,
  returnTransfer,
  transferLead,
} from './referral-effects.ts';
import { succeedLead } from './succession.ts';
import {
  consentToClose,
  endSupervision,
  instruct,
  reportBack,
  supervise,
  voidConsent,
} from './supervision-effects.ts';
import { checkToldDate, recordFeedback, reportToSuperior } from './telling-effects.ts';

/** One step of the lifecycle with its checked fields. */
export type Step = {
  context: Context;
  leadCase: LeadCase;
  rule: TransitionRule;
  fields: Record<string, unknown>;
};
type Effect = (step: Step, change: LeadChange) => LeadChange | Promise<LeadChange>;

/** What follows from events by reading them (services/lead-facts) changes nothing else. */
const recorded: Effect = (_, change) => change;

/** What each effect of the transition table does. They only prepare; the transaction writes. */
const EFFECTS: Record<EffectCode, Effect> = {
  seal: ({ context, leadCase }, change) => sealLead(context, leadCase, change),
  split: splitLead,
  merge: mergeLead,
  classify: classifyLead,
  transfer: transferLead,
  assign: assignLead,
  extend: ({ fields }, change) => ({
    ...change,
    set: { ...change.set, extended: 1 },
    extendBy: Number(fields['days']),
  }),
  'pull-up': pullUpLead,
  succeed: succeedLead,
  supervise,
  'report-back': reportBack,
  instruct,
  'consent-to-close': consentToClose,
  'end-supervision': endSupervision,
  'void-consent': voidConsent,
  'exclude-actor': ({ context, leadCase }, change) =>
    excludePerson(context, leadCase, change, leadCase.actor.personId),
  'decide-recusal': decideRecusal,
  'post-question': (step, change) => postPublicText(step, change, 'question'),
  'post-reply': (step, change) => postPublicText(step, change, 'reply'),
  'post-answer': recorded,
  'post-supplement': recorded,
  'note-withdrawal': recorded,
  'record-receipt': recordReceipt,
  'remind-transfer': remindReceiver,
  'return-transfer': returnTransfer,
  'record-result': recordResult,
  'record-clue': recorded,
  'add-items': recorded,
  'verify-item': verifyItem,
  'check-told-date': checkToldDate,
  'record-feedback': recordFeedback,
  'settle-objection': recorded,
  'report-to-superior': reportToSuperior,
  'decide-review': recorded,
  'dispute-code': recorded,
  'settle-code': settleCode,
  'refuse-proposal': recorded,
  'keep-spam-90-days': recorded,
  'set-look-date': setLookDate,
  'set-due-date': setDueDate,
  'check-recovery': checkRecovery,
  'check-request-date': checkRequestDate,
  'hold-notice-row': holdNamedRow,
};

export async function prepareEffects(step: Step, start: LeadChange): Promise<LeadChange> {
  let change = start;
  for (const effect of step.rule.effects ?? []) change = await EFFECTS[effect](step, change);
  return change;
}

function verifyItem({ leadCase, fields }: Step, change: LeadChange) {
  const item = listItems(leadCase.events).find(({ number }) => number === fields['item']);
  if (item && !item.verified) return change;
  const message = item ? '这一项已经验收' : '没有这一项，核对整改事项的序号';
  throw new CodedError('invalid-input', { item: message });
}

async function assignLead(
  { context, leadCase, fields }: Step,
  change: LeadChange,
): Promise<LeadChange> {
  const { bodies, facts, lead } = leadCase;
  const bodyCode = String(fields['body']);
  if (facts.heldByDiscipline && !isDiscipline(bodyCode, bodies)) {
    throw new CodedError('invalid-input', { body: '纪检监察组的线索由本组承办' });
  }
  const workers = fields['caseWorkers'] as string[];
  const assignable = await listAssignable(context, leadCase, [bodyCode]);
  if (!workers.every((id) => assignable.some((person) => person.personId === id))) {
    throw new CodedError('invalid-input', {
      caseWorkers: '承办人要在承办单位或其上级任职，并且不需要回避',
    });
  }
  const given = await giveToBody(context, leadCase, change, bodyCode, 'body');
  const above = superiorsOf(bodyCode, bodies).map((body) => body.code);
  const keeps = bodyCode === lead.bodyCode || above.includes(lead.bodyCode);
  const moved = keeps ? given : await takeOffBodies(context, leadCase, given, [lead.bodyCode]);
  return {
    ...moved,
    set: { ...moved.set, bodyCode },
    workers,
    ownClock: { code: ASSIGNED_CLOCK, dueOn: String(fields['dueOn']) },
  };
}

/** Decided by one who stands above the person concerned, and never by that person. */
async function decideRecusal({ context, leadCase, fields }: Step, change: LeadChange) {
  const personId = String(fields['person']);
  const posts = await listPostsOf(context.db, personId, leadCase.day);
  const target = { personId, roles: posts.map((post) => post.role as RoleCode) };
  const decider = { personId: leadCase.actor.personId, roles: leadCase.roles };
  const refusal = refuseRecusalBy(decider, target);
  if (refusal) throw new CodedError('invalid-input', { person: refusal });
  return fields['recused'] === 'YES' ? excludePerson(context, leadCase, change, personId) : change;
}

function excludePerson(
  context: Context,
  leadCase: LeadCase,
  change: LeadChange,
  personId: string,
): LeadChange {
  const mac = macOfExclusion(context.secrets, leadCase.lead.id, { person: personId });
  const workers = leadCase.workers.map((worker) => worker.personId);
  return {
    ...change,
    exclusionMacs: [...change.exclusionMacs, mac],
    workers: workers.filter((id) => id !== personId),
  };
}

function postPublicText({ rule, fields }: Step, change: LeadChange, kind: MessageKind) {
  const texts = rule.fields.filter((field) => field.public).map((field) => fields[field.name]);
  const text = texts.filter((each) => typeof each === 'string' && each !== '').join('\n\n');
  return text ? { ...change, messages: [...change.messages, { kind, text }] } : change;
}
