import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { insertExclusions, readPersonNames } from '#db/queries/lead-details.ts';
import { listPlaces } from '#db/queries/places.ts';
import { isOverdue } from '#rules/deadline.ts';
import { PUBLIC_STATUSES, STATES, WORKED_STATES } from '#rules/lifecycle-states.ts';
import type { State } from '#rules/lifecycle-states.ts';
import { publicStatusOf } from '#rules/lifecycle.ts';
import { hasCapability } from '#rules/roles.ts';
import { proposeDestination } from '#rules/routing.ts';
import {
  PETITION_CLASSES,
  PROBLEM_TYPES,
  REPORTER_MODES,
  SOURCES,
  SUBJECT_ROLES,
} from '#rules/vocabulary.ts';
import { matchAccusedAgain } from './accused-reader.ts';
import { appendAudit } from './audit.ts';
import { describeEvidence } from './evidence-access.ts';
import { writerMark } from './kept-forms.ts';
import { findVisibleLead } from './lead-access.ts';
import { loadCase } from './lead-case.ts';
import type { LeadCase } from './lead-case.ts';
import { isRecusalAsked } from './lead-facts.ts';
import { describeEvents, describeItems, listClocks, openMessages } from './lead-history.ts';
import { listLacking, listOpenSteps } from './lead-options.ts';
import { listRepeats, preparePrints } from './lead-repeats.ts';
import type { Prints } from './lead-repeats.ts';
import type { Names } from './lead-words.ts';
import { loadRouting } from './routing-table.ts';
import { describeReferrals } from './referrals.ts';
import { describeSupervisions, suggestFor } from './supervisions.ts';
import { viewReporterRequests } from './reporter-access.ts';
import { loadSettings } from './settings.ts';

/**
 * Opens a lead: all that its reader may know, with the steps open to them. The opening is in the audit
 * log. Throws `not-found`.
 */
export async function openLead(context: Context, actor: Actor, reference: string) {
  const leadCase = await loadCase(context, actor, reference);
  const matched = await matchAccusedAgain(context, leadCase);
  const prints = await preparePrints(context, leadCase);
  await context.db.transaction(async (tx) => {
    await insertExclusions(tx, leadCase.lead.id, matched.macs);
    await prints?.store(tx);
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'lead.open',
      subjectKind: 'lead',
      subjectId: leadCase.lead.id,
      personId: actor.personId,
      bodyCode: actor.posts.find((post) => leadCase.roles.includes(post.role))?.bodyCode ?? null,
    });
  });
  if (matched.persons.includes(actor.personId)) throw new CodedError('not-found');
  return viewLead(context, leadCase, prints);
}

/** The lead after a step of the reader's own; null where the step took it out of their sight. */
export async function readLeadAfterStep(context: Context, actor: Actor, reference: string) {
  try {
    return await viewLead(context, await loadCase(context, actor, reference));
  } catch (error) {
    if (error instanceof CodedError && error.code === 'not-found') return null;
    throw error;
  }
}

async function viewLead(context: Context, leadCase: LeadCase, prints: Prints | null = null) {
  const { db } = context;
  const { lead, content, facts, grants, roles, day } = leadCase;
  const places = new Map((await listPlaces(db)).map((place) => [place.code, place.name]));
  const bodies = new Map((await listBodies(db)).map((body) => [body.code, body.name]));
  const names: Names = { bodies, persons: await readPersonNames(db) };
  const state = facts.state;
  const steps = await listOpenSteps(context, leadCase);
  return {
    reference: lead.reference,
    status: state,
    statusLabel: STATES[state].label,
    publicStatus: PUBLIC_STATUSES[publicStatusOf(state)].label,
    secrecy: lead.secrecy,
    class: facts.class,
    classLabel: PETITION_CLASSES[facts.class],
    mode: facts.mode,
    modeLabel: REPORTER_MODES[facts.mode],
    sourceLabel: content ? SOURCES[content.source] : null,
    placeCode: leadCase.placeCode,
    placeName: leadCase.placeCode ? (places.get(leadCase.placeCode) ?? null) : null,
    problems: leadCase.problemTypes.map((code) => ({ code, label: PROBLEM_TYPES[code].label })),
    /** Null: the reader's bodies hold no key of it. */
    text: content?.text ?? null,
    subjects: (content?.subjects ?? []).map((subject) => ({
      role: subject.role,
      roleLabel: SUBJECT_ROLES[subject.role],
      bodyName: subject.bodyCode ? (bodies.get(subject.bodyCode) ?? null) : null,
      name: subject.name,
    })),
    receivedOn: lead.receivedOn,
    dueOn: lead.dueOn,
    overdue: lead.dueOn !== null && isOverdue(lead.dueOn, day),
    bodyCode: lead.bodyCode,
    bodyName: bodies.get(lead.bodyCode) ?? lead.bodyCode,
    supervised: facts.supervised,
    extended: facts.extended,
    major: lead.major === 1,
    repeats: lead.repeats,
    workers: leadCase.workers.map((worker) => worker.name),
    unassigned: WORKED_STATES.includes(state) && leadCase.workers.length === 0,
    /** The reporter wants somebody to keep away, and this reader has to decide on it. */
    asksRecusal:
      isRecusalAsked(leadCase.events) && steps.some((step) => step.event === 'decide-recusal'),
    children: await listVisibleChildren(context, leadCase),
    proposal: await proposeBody(context, leadCase, bodies),
    deadlines: await listClocks(context, leadCase),
    evidence: await describeEvidence(context, leadCase),
    messages: await openMessages(context, leadCase),
    events: describeEvents(leadCase, names),
    items: describeItems(leadCase.events, names),
    referrals: await describeReferrals(context, leadCase),
    mayOpenReporter:
      hasCapability(roles, 'reporter.open') &&
      leadCase.actor.posts.some((post) =>
        grants.some((grant) => grant.part === 'reporter' && grant.bodyCode === post.bodyCode),
      ),
    writer: writerMark(context, leadCase.actor),
    reporterRequests: await viewReporterRequests(context, leadCase, names.persons),
    transitions: steps,
    missing: listLacking(leadCase),
    supervisions: describeSupervisions(leadCase, names),
    /** Leads that this one may repeat; told to who may put them together. */
    repeatOf:
      prints && steps.some((step) => step.event === 'merge')
        ? await listRepeats(context, leadCase, prints)
        : [],
    suggestion: steps.some((step) => step.event === 'supervise')
      ? await suggestFor(context, leadCase)
      : null,
  };
}

/** Where the routing table would have it handled; a person decides. */
async function proposeBody(context: Context, leadCase: LeadCase, names: Map<string, string>) {
  if (!leadCase.content) return null;
  const { confirmed_by: confirmedBy } = await loadSettings(context.db);
  const { version, rows } = await loadRouting(context.db);
  const excluded = leadCase.bodies.filter((body) => leadCase.excluded({ body: body.code }));
  const proposal = proposeDestination(
    {
      class: leadCase.facts.class,
      problemTypes: leadCase.problemTypes,
      subjects: leadCase.content.subjects,
      placePath: leadCase.placePath,
      major: leadCase.facts.isMajor,
    },
    leadCase.bodies,
    { confirmedBy },
    excluded.map((body) => body.code),
    rows,
  );
  const { bodyCode, basis, alongside, lifted } = proposal;
  return {
    bodyName: bodyCode ? (names.get(bodyCode) ?? bodyCode) : null,
    basis,
    alongside,
    lifted,
    /** Of the routing table, and its rows that decided. */
    version,
    rows: proposal.rows,
  };
}

async function listVisibleChildren(context: Context, { actor, children }: LeadCase) {
  const visible = [];
  for (const { reference, state } of children) {
    const seen = await findVisibleLead(context, actor, reference).catch(() => null);
    if (seen) visible.push({ reference, statusLabel: STATES[state as State].label });
  }
  return visible;
}
