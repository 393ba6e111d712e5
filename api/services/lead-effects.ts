import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listPostsOf } from '#db/queries/people.ts';
import { ASSIGNED_CLOCK } from '#rules/deadlines.ts';
import { refuseRecusalBy } from '#rules/recusal-decision.ts';
import { excludedBodies, isSealed } from '#rules/recusal.ts';
import type { RoleCode } from '#rules/roles.ts';
import { isDiscipline, superiorsOf } from '#rules/subjects.ts';
import type { Subject } from '#rules/subjects.ts';
import type { EffectCode, TransitionRule } from '#rules/transition-rule.ts';
import { macOfExclusion } from './exclusions.ts';
import { excludeBodies, giveToBody, sealLead, takeOffBodies } from './handover.ts';
import type { LeadCase } from './lead-case.ts';
import type { LeadChange, MessageKind } from './lead-change.ts';
import { checkRecovery, checkRequestDate, setDueDate, setLookDate } from './lead-dates.ts';
import { listItems } from './lead-facts.ts';
import { listAssignable } from './lead-people.ts';
import { mergeLead } from './lead-merge.ts';
import { splitLead } from './lead-split.ts';
import { pullUpLead } from './pull-up.ts';
import {
  recordReceipt,
  recordResult,
  remindReceiver,
  returnTransfer,
  transferLead,
} from './referral-effects.ts';
import {
  consentToClose,
  endSupervision,
  instruct,
  reportBack,
  supervise,
  voidConsent,
} from './supervision-effects.ts';

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
  'record-feedback': recorded,
  'decide-review': recorded,
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

/** Where triage names a role that excludes more bodies, these are taken off with it. */
async function classifyLead(step: Step, change: LeadChange): Promise<LeadChange> {
  const { leadCase, fields } = step;
  checkRealName(fields);
  const before: Subject[] = leadCase.content?.subjects ?? [];
  const roles = (fields['subjectRoles'] ?? rolesOf(before)) as Subject['role'][];
  const fresh = roles.filter((role) => !rolesOf(before).includes(role));
  const named = [
    ...before.filter(({ role }) => roles.includes(role)),
    ...fresh.map((role) => ({ role })),
  ].map(({ role, bodyCode }: Subject) => ({ role, bodyCode: bodyCode ?? null }));
  const excluded = excludedBodies(named, leadCase.placePath, leadCase.bodies);
  const sealed = leadCase.facts.secrecy === 'sealed';
  if (!sealed && isSealed(named, excluded, leadCase.bodies)) {
    throw new CodedError('invalid-input', { subjectRoles: '这类线索先“密封并交纪检监察组”' });
  }
  const next = sealed ? change : await excludeBodies(step.context, leadCase, change, excluded);
  const major = fields['severity'] === 'MAJOR' ? 1 : 0;
  const clear = sealed ? {} : { class: String(fields['class']), major };
  return {
    ...next,
    set: { ...next.set, ...clear },
    ...(sealed ? {} : { problems: fields['problemTypes'] as string[], subjects: named }),
  };
}

/** Whoever says that a name was checked says how, when and by whom. */
function checkRealName(fields: Step['fields']): void {
  if (fields['realName'] === 'NOT_CLAIMED') return;
  const asked = {
    realNameMethod: '选择核实方式',
    realNameOn: '选择核实日期',
    realNameBy: '选择核实人',
  };
  const missing = Object.entries(asked).filter(([name]) => !fields[name]);
  if (missing.length > 0) throw new CodedError('invalid-input', Object.fromEntries(missing));
}

/** Of an objection, the household it names; a sealed lead says in clear of none. */
function holdNamedRow({ leadCase, fields }: Step, change: LeadChange): LeadChange {
  const { noticeId, noticeRow, placeCode, class: filed } = leadCase.lead;
  const isObjection = filed === 'NOTICE_OBJ' || fields['class'] === 'NOTICE_OBJ';
  if (!isObjection || !noticeId || !noticeRow || !placeCode) return change;
  return { ...change, hold: { batchId: noticeId, placeCode, no: noticeRow } };
}

function rolesOf(subjects: Subject[]): Subject['role'][] {
  return subjects.map((subject) => subject.role);
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
