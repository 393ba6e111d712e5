import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { listProblems } from '#db/queries/lead-details.ts';
import { listWorkersOfLeads } from '#db/queries/ledgers.ts';
import { listLeadsById } from '#db/queries/leads.ts';
import type { LeadFilter } from '#db/queries/lead-filter.ts';
import type { LeadOrder, LeadPosition } from '#db/queries/lead-queue.ts';
import { listPlaces } from '#db/queries/places.ts';
import { addDays, civilDateOf } from '#rules/civil-date.ts';
import { isOverdue } from '#rules/deadline.ts';
import { OPEN_STATES, PUBLIC_STATUSES, STATES, WORKED_STATES } from '#rules/lifecycle-states.ts';
import type { State } from '#rules/lifecycle-states.ts';
import type { ProblemCode } from '#rules/vocabulary.ts';
import { publicStatusOf } from '#rules/lifecycle.ts';
import { hasCapability } from '#rules/roles.ts';
import { appendAudit } from './audit.ts';
import { listVisibleLeads } from './lead-access.ts';

const PAGE_SIZE = 50;
const SOON_DAYS = 7;
/** Counted exactly as far as this; beyond it nobody goes through a queue without a filter. */
const MOST_COUNTED = 300;

const SPAM: LeadFilter = { states: ['REJECTED'], withEvents: ['reject-spam'] };

/** Of those every fifth or so (three of sixteen first digits), until a second person has looked. */
const SAMPLE: LeadFilter = { ...SPAM, withoutEvents: ['confirm-spam'], idBelow: '3' };

/** What the queue can be narrowed to, and its order. Due dates are civil, relative to today. */
export type QueueQuery = {
  /** A state, or `open` for all that still want an answer. */
  state?: State | 'open' | undefined;
  /** A place and all that lie in it. */
  place?: string | undefined;
  /** A type of problem. */
  problem?: ProblemCode | undefined;
  /** The body on whose desk it is. */
  body?: string | undefined;
  due?: 'overdue' | 'soon' | undefined;
  supervised?: boolean | undefined;
  /** Complained about again. */
  repeated?: boolean | undefined;
  /** Those the person works on (承办). */
  mine?: boolean | undefined;
  /** Rejected as spam, for a second person to look at. */
  spam?: boolean | undefined;
  /** Those of them that a draw puts before a second person and nobody has looked at. */
  sample?: boolean | undefined;
  order?: LeadOrder | undefined;
  /** Where the page before ended. */
  after?: string | undefined;
};

export type QueueItem = {
  reference: string;
  status: State;
  statusLabel: string;
  publicStatus: string;
  class: string | null;
  mode: string | null;
  placeCode: string | null;
  placeName: string | null;
  problemTypes: string[];
  receivedOn: string;
  dueOn: string | null;
  overdue: boolean;
  bodyCode: string;
  bodyName: string;
  secrecy: string;
  supervised: boolean;
  major: boolean;
  repeats: number;
  /** It should have case workers and has none, as after a recusal. */
  unassigned: boolean;
};

/**
 * A page of the queue: nothing sealed is opened for it. `total` counts what this person may see and is
 * exact unless `isMore`. One look at the list is one audit entry.
 */
export async function listLeads(
  context: Context,
  actor: Actor,
  query: QueueQuery,
): Promise<{ items: QueueItem[]; total: number; isMore: boolean; next?: string }> {
  const roles = actor.posts.map((post) => post.role);
  if (!hasCapability(roles, 'leads.read')) throw new CodedError('not-allowed');
  const today = civilDateOf(context.now());
  const filter = await filterOf(context, actor, query, today);
  const { order = 'due' } = query;
  const counted = await listVisibleLeads(context, actor, filter, {
    order,
    limit: MOST_COUNTED + 1,
  });
  const after = query.after ? readCursor(order, query.after) : undefined;
  const found = after
    ? await listVisibleLeads(context, actor, filter, { order, after, limit: PAGE_SIZE + 1 })
    : counted;
  const page = found.slice(0, PAGE_SIZE);
  const items = await describeLeads(
    context,
    page.map((lead) => lead.id),
  );
  await context.db.transaction(async (tx) => {
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'lead.list',
      subjectKind: 'person',
      subjectId: actor.personId,
      personId: actor.personId,
      bodyCode: actor.posts[0]?.bodyCode ?? null,
      fields: query,
    });
  });
  const last = page.at(-1);
  return {
    items,
    total: Math.min(counted.length, MOST_COUNTED),
    isMore: counted.length > MOST_COUNTED,
    ...(last && found.length > PAGE_SIZE ? { next: cursorOf(order, last) } : {}),
  };
}

async function filterOf(
  context: Context,
  actor: Actor,
  query: QueueQuery,
  today: string,
): Promise<LeadFilter> {
  const { state, place, due, problem, body } = query;
  return {
    ...(state ? { states: state === 'open' ? OPEN_STATES : [state] } : {}),
    ...(place ? { placeCodes: await placesBelow(context, place) } : {}),
    ...(problem ? { problem } : {}),
    ...(body ? { bodyCode: body } : {}),
    ...(due === 'overdue' ? { dueBefore: today } : {}),
    ...(due === 'soon' ? { dueFrom: today, dueBefore: addDays(today, SOON_DAYS + 1) } : {}),
    ...(query.supervised ? { supervised: true } : {}),
    ...(query.repeated ? { repeated: true } : {}),
    ...(query.mine ? { workerId: actor.personId } : {}),
    ...(query.spam ? SPAM : {}),
    ...(query.sample ? SAMPLE : {}),
  };
}

export async function placesBelow(context: Context, code: string): Promise<string[]> {
  const places = await listPlaces(context.db);
  const codes = new Set([code]);
  // A set also yields what is added while it is walked.
  for (const above of codes) {
    for (const place of places) if (place.parentCode === above) codes.add(place.code);
  }
  return [...codes];
}

/** What the queue shows of these leads, in their order; that they may be seen is for the caller to know. */
export async function describeLeads(context: Context, ids: string[]): Promise<QueueItem[]> {
  const today = civilDateOf(context.now());
  const rows = new Map((await listLeadsById(context.db, ids)).map((row) => [row.id, row]));
  const problems = await listProblems(context.db, ids);
  const worked = new Set((await listWorkersOfLeads(context.db, ids)).map((each) => each.leadId));
  const placeNames = namesOf(await listPlaces(context.db));
  const bodyNames = namesOf(await listBodies(context.db));
  return ids.flatMap((id) => {
    const row = rows.get(id);
    if (!row) return [];
    const status = row.state as State;
    return {
      reference: row.reference,
      status,
      statusLabel: STATES[status].label,
      publicStatus: PUBLIC_STATUSES[publicStatusOf(status)].label,
      class: row.class,
      mode: row.mode,
      placeCode: row.placeCode,
      placeName: row.placeCode ? (placeNames.get(row.placeCode) ?? null) : null,
      problemTypes: problems.filter((each) => each.leadId === id).map((each) => each.problem),
      receivedOn: row.receivedOn,
      dueOn: row.dueOn,
      overdue: row.dueOn !== null && isOverdue(row.dueOn, today),
      bodyCode: row.bodyCode,
      bodyName: bodyNames.get(row.bodyCode) ?? row.bodyCode,
      secrecy: row.secrecy,
      supervised: row.supervised === 1,
      major: row.major === 1,
      repeats: row.repeats,
      unassigned: WORKED_STATES.includes(status) && !worked.has(id),
    };
  });
}

function namesOf(rows: { code: string; name: string }[]): Map<string, string> {
  return new Map(rows.map((row) => [row.code, row.name]));
}

/** The place in the order where a page ended; a lead without a due date has none in it. */
function cursorOf(order: LeadOrder, lead: LeadPosition): string {
  return `${(order === 'due' ? lead.dueOn : lead.receivedOn) ?? ''}_${lead.id}`;
}

function readCursor(order: LeadOrder, cursor: string): LeadPosition {
  const [date = '', id = ''] = cursor.split('_');
  const isDue = order === 'due';
  return { id, dueOn: isDue && date ? date : null, receivedOn: isDue ? '' : date };
}
