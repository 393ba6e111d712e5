import { randomUUID } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { findLastEventSeq, insertEvent } from '#db/queries/lead-events.ts';
import {
  insertReporterRequest,
  listReporterRequests,
  moveReporterRequest,
} from '#db/queries/reporter-requests.ts';
import type { ReporterRequest } from '#db/queries/reporter-requests.ts';
import type { Tx } from '#db/store.ts';
import { REPORTER_CAPABILITIES, hasLapsed, needsSecondPerson } from '#rules/reporter-opening.ts';
import type { ReporterEvent } from '#rules/reporter-opening.ts';
import { hasCapability } from '#rules/roles.ts';
import { sealJson } from '#sealing/age.ts';
import { appendAudit } from './audit.ts';
import { openLeadIdentities } from './lead-keys.ts';
import { loadCase } from './lead-case.ts';
import type { LeadCase } from './lead-case.ts';
import { openReporter } from './lead-content.ts';
import type { ReporterContent } from './lead-content.ts';

/** `waiting`: a second person has to agree first. */
export type ReporterAnswer = ReporterContent & { waiting: boolean };

/**
 * Opens who complained, for a role that may and a body that must answer; where a second person is needed the
 * first call asks for them and the one after their agreement opens, once. Reason and opening stand on the lead
 * and in the audit log before anything is shown. Throws `not-found`, `not-allowed`.
 */
export async function openReporterOf(
  context: Context,
  actor: Actor,
  reference: string,
  reason: string,
): Promise<ReporterAnswer> {
  const { db } = context;
  const leadCase = await loadCase(context, actor, reference);
  const { lead, grants, roles } = leadCase;
  if (!hasCapability(roles, 'reporter.open')) throw new CodedError('not-allowed');
  const [identity] = (await openLeadIdentities(db, actor, grants, 'reporter')).values();
  if (!identity) {
    throw new CodedError('not-allowed', {}, '反映人身份只交给负责答复的单位，您的单位没有。');
  }
  const granted = await findOwn(context, leadCase);
  if (isSecondNeeded(leadCase) && granted?.status !== 'granted') {
    if (granted?.status !== 'waiting') await askForSecond(context, leadCase, reason);
    return { name: null, contact: null, waiting: true };
  }
  const reporter = lead.sealedReporter
    ? await openReporter(identity, lead.sealedReporter)
    : { name: null, contact: null };
  await record(context, leadCase, 'open-reporter', { reason }, async (tx) => {
    if (!isSecondNeeded(leadCase) || !granted) return;
    const used = await moveReporterRequest(tx, granted.id, 'granted', { status: 'used' });
    if (!used) throw new CodedError('state-changed');
  });
  return { ...reporter, waiting: false };
}

/** Agrees to a colleague's request to see who complained, or does not. Never one's own. */
export async function decideReporterRequest(
  context: Context,
  actor: Actor,
  input: { reference: string; request: string; grant: boolean },
): Promise<void> {
  const leadCase = await loadCase(context, actor, input.reference);
  if (!hasCapability(leadCase.roles, 'reporter.approve')) throw new CodedError('not-allowed');
  const requests = await listReporterRequests(context.db, leadCase.lead.id);
  const request = requests.find((each) => each.id === input.request);
  if (!request) throw new CodedError('not-found');
  if (request.personId === actor.personId) throw new CodedError('own-approval');
  const event = input.grant ? 'grant-reporter' : 'refuse-reporter';
  await record(context, leadCase, event, { request: request.id }, async (tx) => {
    const decided = await moveReporterRequest(tx, request.id, 'waiting', {
      status: input.grant ? 'granted' : 'refused',
      decidedBy: actor.personId,
      decidedOn: leadCase.day,
    });
    if (!decided) throw new CodedError('state-changed');
  });
}

/** How the reader stands to who complained: their own request, and those they may decide. */
export async function viewReporterRequests(
  context: Context,
  leadCase: LeadCase,
  names: Map<string, string>,
) {
  const { actor, lead, roles, events } = leadCase;
  const mayDecide = hasCapability(roles, 'reporter.approve');
  const requests = mayDecide ? await listReporterRequests(context.db, lead.id) : [];
  const own = await findOwn(context, leadCase);
  const reasonOf = ({ seq }: ReporterRequest) => {
    const reason = events.find((event) => event.seq === seq)?.fields?.['reason'];
    return typeof reason === 'string' ? reason : null;
  };
  return {
    secondPerson: isSecondNeeded(leadCase),
    own: own?.status === 'waiting' || own?.status === 'granted' ? own.status : null,
    /** What the reader wrote when asking, and need not write again. */
    ownReason: own?.status === 'granted' ? reasonOf(own) : null,
    asked: requests
      .filter((each) => each.status === 'waiting' && each.personId !== actor.personId)
      .map((each) => ({
        id: each.id,
        personName: names.get(each.personId) ?? '',
        onDate: each.onDate,
        reason: reasonOf(each),
      })),
  };
}

function isSecondNeeded({ lead, facts }: LeadCase): boolean {
  return needsSecondPerson(facts.mode, lead.sealedReporter !== null);
}

/** The reader's last request that still counts. */
async function findOwn(
  { db }: Context,
  { lead, actor, day }: LeadCase,
): Promise<ReporterRequest | null> {
  const requests = await listReporterRequests(db, lead.id);
  const last = requests.findLast((each) => each.personId === actor.personId);
  return last && !hasLapsed(last, day) ? last : null;
}

async function askForSecond(context: Context, leadCase: LeadCase, reason: string): Promise<void> {
  const { lead, actor, day } = leadCase;
  await record(context, leadCase, 'ask-reporter', { reason }, async (tx, seq) => {
    await insertReporterRequest(tx, {
      id: randomUUID(),
      leadId: lead.id,
      personId: actor.personId,
      seq,
      onDate: day,
      status: 'waiting',
      decidedBy: null,
      decidedOn: null,
    });
  });
}

/** An event on the lead and its audit entry, with what changes beside it, in one transaction. */
async function record(
  context: Context,
  { lead, actor, day, epoch }: LeadCase,
  event: ReporterEvent,
  fields: { reason?: string; request?: string },
  change: (tx: Tx, seq: number) => Promise<void>,
): Promise<void> {
  const { db, secrets } = context;
  const { reason } = fields;
  const sealed = reason ? await sealJson([lead.contentRecipient], { reason }) : null;
  const post = actor.posts.find((each) => hasCapability([each.role], REPORTER_CAPABILITIES[event]));
  const bodyCode = post?.bodyCode ?? null;
  await db.transaction(async (tx) => {
    const seq = (await findLastEventSeq(tx, lead.id)) + 1;
    await change(tx, seq);
    await insertEvent(tx, {
      leadId: lead.id,
      seq,
      event,
      fromState: lead.state,
      toState: lead.state,
      onDate: day,
      personId: actor.personId,
      bodyCode,
      status: 'done',
      epoch,
      sealed,
    });
    await appendAudit(tx, secrets, context.now(), {
      action: `lead.${event}`,
      subjectKind: 'lead',
      subjectId: lead.id,
      personId: actor.personId,
      bodyCode,
      fields,
    });
  });
}
