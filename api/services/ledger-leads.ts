import { setImmediate as giveWay } from 'node:timers/promises';
import type { Actor, Context } from '#api/context.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { listProblems, readPersonNames } from '#db/queries/lead-details.ts';
import type { LeadEvent } from '#db/queries/lead-events.ts';
import type { Lead } from '#db/queries/leads.ts';
import {
  listDeadlinesOfLeads,
  listEventsOfLeads,
  listGrantsOfLeads,
  listReferralsOfLeads,
  listSubjectsOfLeads,
  listSupervisionsOfLeads,
  listWholeLeads,
  listWorkersOfLeads,
} from '#db/queries/ledgers.ts';
import { handlingDueOf } from '#rules/deadlines.ts';
import { LEDGER_EVENTS, lastEntryOf } from '#rules/ledger-lead.ts';
import type { LedgerEvent, LedgerLead } from '#rules/ledger-lead.ts';
import type { State } from '#rules/lifecycle-states.ts';
import { labelOfMeasure } from '#rules/vocabulary-handling.ts';
import type {
  PetitionClass,
  ProblemCode,
  ReporterMode,
  Source,
  SubjectRole,
} from '#rules/vocabulary.ts';
import { openLeadIdentities } from './lead-keys.ts';
import { mayRead } from './lead-case.ts';
import { openContent } from './lead-content.ts';
import type { LeadContent } from './lead-content.ts';
import { openFields } from './lead-timeline.ts';
import { identitiesOf } from './list-keys.ts';
import { countVisibleRepeats } from './ledger-repeats.ts';
import { readPlaceLookup } from './place-lookup.ts';

const AT_ONCE = 100;

type Identities = Map<number, string>;
type Rows = Awaited<ReturnType<typeof readRows>>;
type Names = Awaited<ReturnType<typeof readNames>>;

/**
 * Opens leads for a ledger, in the order given, with the person's own keys; the caller has made sure that
 * each is visible to them. Between two leads others get their turn, and `signal` may end it. Without `events`
 * only what was filed is opened, not what was done about it.
 */
export async function openLedgerLeads(
  context: Context,
  actor: Actor,
  ids: readonly string[],
  { events, signal }: { events: boolean; signal?: AbortSignal | undefined },
): Promise<Map<string, LedgerLead>> {
  const { db } = context;
  const names = await readNames(context, actor);
  const findBodyIdentity = identitiesOf(db, actor);
  const opened = new Map<string, LedgerLead>();
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    const rows = await readRows(context, actor, some);
    for (const id of some) {
      const lead = rows.leads.get(id);
      if (!lead) continue;
      signal?.throwIfAborted();
      const grants = rows.grants.get(id) ?? [];
      const identities = await openLeadIdentities(db, actor, grants, 'content', findBodyIdentity);
      const first = identities.get(1);
      const content = first ? await openContent(first, lead.sealedContent) : null;
      if (content && !(await mayRead(context, actor, lead, content))) continue;
      const own = (rows.events.get(id) ?? []).map((event) =>
        openEvent(event, events ? identities : null, names),
      );
      opened.set(id, describeLead(lead, content, await Promise.all(own), rows, names));
      await giveWay();
    }
  }
  return opened;
}

async function readNames({ db }: Context, actor: Actor) {
  return {
    bodies: new Map((await listBodies(db)).map((body) => [body.code, body.name])),
    persons: await readPersonNames(db),
    places: await readPlaceLookup(db),
    ownBodies: new Set(actor.posts.flatMap((post) => post.scope)),
  };
}

async function readRows(context: Context, actor: Actor, ids: string[]) {
  const { db } = context;
  return {
    leads: new Map((await listWholeLeads(db, ids)).map((lead) => [lead.id, lead])),
    grants: byLead(await listGrantsOfLeads(db, ids)),
    problems: byLead(await listProblems(db, ids)),
    subjects: byLead(await listSubjectsOfLeads(db, ids)),
    workers: byLead(await listWorkersOfLeads(db, ids)),
    events: byLead(await listEventsOfLeads(db, ids)),
    deadlines: byLead(await listDeadlinesOfLeads(db, ids)),
    referrals: byLead(await listReferralsOfLeads(db, ids)),
    supervisions: byLead(await listSupervisionsOfLeads(db, ids)),
    repeats: await countVisibleRepeats(context, actor, ids),
  };
}

function byLead<Row extends { leadId: string }>(rows: Row[]): Map<string, Row[]> {
  return Map.groupBy(rows, (row) => row.leadId);
}

async function openEvent(
  { sealed, ...event }: LeadEvent,
  identities: Identities | null,
  names: Names,
): Promise<LedgerEvent> {
  const isAsked = sealed !== null && identities !== null && LEDGER_EVENTS.has(event.event);
  const identity = isAsked ? identities.get(event.epoch) : undefined;
  const fields = sealed && identity ? await openFields(identity, sealed) : null;
  return {
    event: event.event,
    toState: event.toState,
    moved: event.fromState !== event.toState,
    onDate: event.onDate,
    personName: event.personId ? (names.persons.get(event.personId) ?? null) : null,
    fields,
    isLocked: isAsked && !identity,
  };
}

/** What stands beside a lead in clear goes before its content, which triage may have corrected. */
function describeLead(
  lead: Lead,
  content: LeadContent | null,
  events: LedgerEvent[],
  rows: Rows,
  names: Names,
): LedgerLead {
  const { id } = lead;
  const isSealed = lead.secrecy === 'sealed';
  const nameOfBody = (code: string) => names.bodies.get(code) ?? code;
  const placeCode = lead.placeCode ?? content?.placeCode ?? null;
  const town = placeCode ? names.places.townOf(placeCode) : null;
  const clearSubjects = isSealed ? undefined : (rows.subjects.get(id) ?? []);
  const subjects = clearSubjects ?? content?.subjects ?? null;
  const clearProblems = (rows.problems.get(id) ?? []).map((row) => row.problem as ProblemCode);
  const measures = (rows.supervisions.get(id) ?? []).map(({ kind }) => kind);
  const repeats = rows.repeats.get(id);
  return {
    reference: lead.reference,
    state: lead.state as State,
    isSealed,
    isBacklog: lead.backlog === 1,
    receivedOn: lead.receivedOn,
    dueOn: lead.dueOn,
    handlingDueOn: handlingDueOf(rows.deadlines.get(id) ?? []),
    concludedOn: lead.concludedOn ?? lastEntryOf(events, 'CONCLUDED'),
    closedOn: lead.closedOn ?? (lead.state === 'CLOSED' ? lastEntryOf(events, 'CLOSED') : null),
    class: (lead.class as PetitionClass | null) ?? content?.class ?? null,
    mode: (lead.mode as ReporterMode | null) ?? content?.mode ?? null,
    source: (lead.source as Source | null) ?? content?.source ?? null,
    town: town?.name ?? null,
    village: placeCode && town && town.code !== placeCode ? names.places.nameOf(placeCode) : null,
    problems: isSealed ? (content?.problemTypes ?? null) : clearProblems,
    subjects:
      subjects?.map(({ role, bodyCode }) => ({
        role: role as SubjectRole,
        bodyName: bodyCode ? nameOfBody(bodyCode) : null,
      })) ?? null,
    text: content?.text ?? null,
    accusedNames: (content?.subjects ?? []).flatMap(({ name }) => name ?? []),
    bodyName: nameOfBody(lead.bodyCode),
    workers: (rows.workers.get(id) ?? []).map((worker) => worker.name),
    major: lead.major === 1,
    supervised: lead.supervised === 1,
    extended: lead.extended === 1,
    repeats: Math.max(0, lead.repeats - (repeats?.hidden ?? 0)),
    lastRepeatOn: repeats?.lastOn ?? null,
    measures: [...new Set(measures)].map((kind) => labelOfMeasure(kind)),
    referrals: (rows.referrals.get(id) ?? []).map(({ fromBody, toBody, ...letter }) => ({
      number: letter.number,
      fromBody: nameOfBody(fromBody),
      toBody: toBody ? nameOfBody(toBody) : null,
      sentOn: letter.sentOn,
      receivedOn: letter.receivedOn,
      returnedOn: letter.returnedOn,
      feedbackOn: letter.feedbackOn,
      direction: names.ownBodies.has(fromBody) ? '移出' : '移入',
    })),
    events,
  };
}

/** The last clock of the handling: set by whoever assigned it, or by law. */
