import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBodiesOn } from '#db/queries/bodies.ts';
import { listBodiesWithKey } from '#db/queries/body-keys.ts';
import { listDeadlines } from '#db/queries/lead-events.ts';
import { listProblems, listWorkers } from '#db/queries/lead-details.ts';
import { listChildren } from '#db/queries/leads.ts';
import { listSupervisions } from '#db/queries/supervisions.ts';
import type { Supervision } from '#db/queries/supervisions.ts';
import { listPlaces } from '#db/queries/places.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import type { LeadFacts, StaffActor } from '#rules/lead-facts.ts';
import type { State } from '#rules/lifecycle-states.ts';
import { isDiscipline, superiorsOf } from '#rules/subjects.ts';
import type { Body } from '#rules/subjects.ts';
import type { PetitionClass, ProblemCode, ReporterMode } from '#rules/vocabulary.ts';
import { refuseAccused, speaksOf } from './accused-reader.ts';
import { findReservedLead, findVisibleLead } from './lead-access.ts';
import { openLeadIdentities } from './lead-keys.ts';
import type { LeadAccess } from './lead-access.ts';
import { openContent } from './lead-content.ts';
import type { LeadContent } from './lead-content.ts';
import { factsOf } from './lead-facts.ts';
import { openTimeline } from './lead-timeline.ts';
import type { OpenedEvent } from './lead-timeline.ts';

/** A lead as far as its reader may see and open it, with everything the rules ask. */
export type LeadCase = LeadAccess & {
  actor: Actor;
  /** Civil date of the reading. */
  day: string;
  /** Content identities by epoch; empty where the reader's bodies hold no key. */
  identities: Map<number, string>;
  /** The newest content identity's number. */
  epoch: number;
  content: LeadContent | null;
  events: OpenedEvent[];
  facts: LeadFacts;
  problemTypes: ProblemCode[];
  placeCode: string | null;
  /** The place and those it lies in, the nearest first. */
  placePath: string[];
  workers: { personId: string; name: string }[];
  /** Those that have not ended. */
  supervisions: Supervision[];
  children: { id: string; reference: string; state: string }[];
  /** Bodies that exist now. */
  bodies: Body[];
  bodiesWithKey: Set<string>;
};

/** Throws `not-found` where the actor may not know of the lead; `find` says which leads are meant. */
export async function loadCase(
  context: Context,
  actor: Actor,
  reference: string,
  find = findVisibleLead,
): Promise<LeadCase> {
  const { db } = context;
  const access = await find(context, actor, reference);
  const { lead, grants } = access;
  const identities = await openLeadIdentities(db, actor, grants, 'content');
  const first = identities.get(1);
  const content = first ? await openContent(first, lead.sealedContent) : null;
  const events = await openTimeline(db, lead.id, identities);
  const supervisions = await listSupervisions(db, [lead.id]);
  const workers = await listWorkers(db, lead.id);
  const clocks = await listDeadlines(db, lead.id);
  const children = await listChildren(db, lead.id);
  const day = civilDateOf(context.now());
  const bodies = await listBodiesOn(db, day);
  const bodiesWithKey = new Set(await listBodiesWithKey(db));
  const problems = await listProblems(db, [lead.id]);
  const placeCode = lead.placeCode ?? content?.placeCode ?? null;
  const leadCase: LeadCase = {
    ...access,
    actor,
    day,
    identities,
    epoch: Math.max(1, ...grants.map((grant) => grant.epoch)),
    content,
    events,
    workers,
    supervisions,
    children,
    bodies,
    bodiesWithKey,
    placeCode,
    placePath: pathOf(placeCode, await listPlaces(db)),
    problemTypes: problems.length
      ? problems.map((row) => row.problem as ProblemCode)
      : (content?.problemTypes ?? []),
    facts: factsOf(lead, events, {
      class: (lead.class ?? content?.class ?? 'REPORT') as PetitionClass,
      mode: (lead.mode ?? content?.mode ?? 'ANONYMOUS') as ReporterMode,
      heldByDiscipline: isDiscipline(lead.bodyCode, bodies),
      deciders: [lead.bodyCode, ...superiorsOf(lead.bodyCode, bodies).map(({ code }) => code)],
      caseWorkers: workers.map((worker) => worker.personId),
      childStates: children.map((child) => child.state as State),
      bodiesWithKey,
      bodies: new Set(bodies.map((body) => body.code)),
      supervisions,
      clocks: clocks.filter(({ metOn }) => metOn === null).map(({ ruleCode }) => ruleCode),
      heldInReserve: find === findReservedLead,
    }),
  };
  await refuseAccused(context, leadCase);
  return leadCase;
}

/** Whether somebody who opens many leads may read this one, which may accuse them. */
export async function mayRead(
  context: Context,
  actor: Actor,
  { reference }: { reference: string },
  content: LeadContent,
): Promise<boolean> {
  if (!speaksOf(content, actor)) return true;
  try {
    await loadCase(context, actor, reference);
    return true;
  } catch (error) {
    if (error instanceof CodedError && error.code === 'not-found') return false;
    throw error;
  }
}

/** The reader as the transition table sees one. */
export function staffOf({ actor, roles }: Pick<LeadCase, 'actor' | 'roles'>): StaffActor {
  return { personId: actor.personId, roles, bodies: actor.posts.map((post) => post.bodyCode) };
}

function pathOf(code: string | null, places: { code: string; parentCode: string | null }[]) {
  const path: string[] = [];
  for (let at = code; at && !path.includes(at);) {
    path.push(at);
    at = places.find((place) => place.code === at)?.parentCode ?? null;
  }
  return path;
}
