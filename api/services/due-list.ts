import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { listAssignedLeads } from '#db/queries/due-leads.ts';
import { listProblems } from '#db/queries/lead-details.ts';
import { listWorkersOfLeads } from '#db/queries/ledgers.ts';
import { listLeadsById } from '#db/queries/leads.ts';
import { listPlaces } from '#db/queries/places.ts';
import { addDays, civilDateOf } from '#rules/civil-date.ts';
import { DUE_HORIZON, dueStageOf } from '#rules/due-stages.ts';
import type { DueStage } from '#rules/due-stages.ts';
import { STATES, WORKED_STATES } from '#rules/lifecycle-states.ts';
import type { State } from '#rules/lifecycle-states.ts';
import { PROBLEM_TYPES } from '#rules/vocabulary.ts';
import type { ProblemCode } from '#rules/vocabulary.ts';
import { hasCapability } from '#rules/roles.ts';
import { appendAudit } from './audit.ts';
import { listVisibleLeads } from './lead-access.ts';

/** Whose a lead is for the person looking: their own work, their body's, or that of a body below. */
export type DueShare = 'mine' | 'own' | 'below';
type DueLead = Awaited<ReturnType<typeof listLeadsById>>[number] & {
  dueOn: string;
  share: DueShare;
  stage: DueStage;
};
export type DueCounts = Record<DueStage, number>;

/** Rows shown of one share; the counts are of all. */
const MOST = 100;

/**
 * What is late or due within a week of all this person may know of, first due first; of bodies below only
 * what is late. One look is one entry of the audit log.
 */
export async function readDueList(context: Context, actor: Actor) {
  const roles = actor.posts.map((post) => post.role);
  if (!hasCapability(roles, 'leads.read')) throw new CodedError('not-allowed');
  const leads = await listDueLeads(context, actor);
  await logLook(context, actor);
  const names = await readNames(context);
  return {
    today: civilDateOf(context.now()),
    ...(await describeShare(context, leads, 'mine', names)),
    ...(await describeShare(context, leads, 'own', names)),
    ...(await describeShare(context, leads, 'below', names)),
    lateBelow: countByBody(leads, names.bodies),
  };
}

/** For a mail: what is late, and what is due within three days, of the person's own and their bodies' work. */
export async function countDueFor(context: Context, person: Pick<Actor, 'personId' | 'posts'>) {
  const leads = (await listDueLeads(context, person)).filter(({ share }) => share !== 'below');
  const { overdue, today, soon } = countStages(leads);
  return { due: today + soon, overdue };
}

async function listDueLeads(
  context: Context,
  person: Pick<Actor, 'personId' | 'posts'>,
): Promise<DueLead[]> {
  const { db } = context;
  const today = civilDateOf(context.now());
  const visible = await listVisibleLeads(context, person, {
    dueBefore: addDays(today, DUE_HORIZON + 1),
  });
  const rows = await readRows(
    context,
    visible.map((lead) => lead.id),
  );
  const assigned = new Set(await listAssignedLeads(db, person.personId));
  const own = new Set(person.posts.map((post) => post.bodyCode));
  return visible.flatMap(({ id }) => {
    const row = rows.get(id);
    if (!row?.dueOn) return [];
    const share = assigned.has(id) ? 'mine' : own.has(row.bodyCode) ? 'own' : 'below';
    const stage = dueStageOf(row.dueOn, today);
    if (share === 'below' && stage !== 'overdue') return [];
    return [{ ...row, dueOn: row.dueOn, share, stage }];
  });
}

const CHUNK = 500;

async function readRows({ db }: Context, ids: string[]) {
  const rows = new Map<string, Awaited<ReturnType<typeof listLeadsById>>[number]>();
  for (let start = 0; start < ids.length; start += CHUNK) {
    const some = await listLeadsById(db, ids.slice(start, start + CHUNK));
    for (const row of some) rows.set(row.id, row);
  }
  return rows;
}

function countStages(leads: readonly DueLead[]): DueCounts {
  const counts: DueCounts = { overdue: 0, today: 0, soon: 0, week: 0 };
  for (const { stage } of leads) counts[stage] += 1;
  return counts;
}

type Names = Awaited<ReturnType<typeof readNames>>;
async function readNames({ db }: Context) {
  return {
    places: new Map((await listPlaces(db)).map((place) => [place.code, place.name])),
    bodies: new Map((await listBodies(db)).map((body) => [body.code, body.name])),
  };
}

async function describeShare<S extends DueShare>(
  { db }: Context,
  leads: readonly DueLead[],
  share: S,
  { places, bodies }: Names,
) {
  const all = leads.filter((lead) => lead.share === share);
  const shown = all.slice(0, MOST);
  const problems = await listProblems(
    db,
    shown.map((lead) => lead.id),
  );
  const workers = await listWorkersOfLeads(
    db,
    shown.map((lead) => lead.id),
  );
  const worked = new Set(workers.map((each) => each.leadId));
  const items = shown.map((lead) => ({
    reference: lead.reference,
    statusLabel: STATES[lead.state as State].label,
    stage: lead.stage,
    dueOn: lead.dueOn,
    problems: problems
      .filter((each) => each.leadId === lead.id)
      .map((each) => PROBLEM_TYPES[each.problem as ProblemCode].label),
    placeName: lead.placeCode ? (places.get(lead.placeCode) ?? null) : null,
    bodyName: bodies.get(lead.bodyCode) ?? lead.bodyCode,
    sealed: lead.secrecy === 'sealed',
    unassigned: WORKED_STATES.includes(lead.state as State) && !worked.has(lead.id),
    supervised: lead.supervised === 1,
    major: lead.major === 1,
  }));
  return { [share]: { counts: countStages(all), items } } as Record<
    S,
    { counts: DueCounts; items: typeof items }
  >;
}

function countByBody(leads: readonly DueLead[], names: ReadonlyMap<string, string>) {
  const counts = new Map<string, number>();
  for (const { share, bodyCode } of leads) {
    if (share === 'below') counts.set(bodyCode, (counts.get(bodyCode) ?? 0) + 1);
  }
  return [...counts]
    .map(([code, overdue]) => ({ bodyName: names.get(code) ?? code, overdue }))
    .toSorted((a, b) => b.overdue - a.overdue);
}

async function logLook({ db, secrets, now }: Context, actor: Actor): Promise<void> {
  await db.transaction(async (tx) => {
    await appendAudit(tx, secrets, now(), {
      action: 'lead.list',
      subjectKind: 'person',
      subjectId: actor.personId,
      personId: actor.personId,
      bodyCode: actor.posts[0]?.bodyCode ?? null,
      fields: { due: DUE_HORIZON },
    });
  });
}
