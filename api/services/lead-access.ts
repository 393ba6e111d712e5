import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listExclusions, listProblems, listWorkers } from '#db/queries/lead-details.ts';
import { listGrants } from '#db/queries/lead-grants.ts';
import type { LeadGrant } from '#db/queries/lead-grants.ts';
import type { LeadFilter } from '#db/queries/lead-filter.ts';
import { listLeadCandidates } from '#db/queries/lead-queue.ts';
import type { LeadCandidate, LeadReach, LeadSlice } from '#db/queries/lead-queue.ts';
import { findAnyLead, findLeadByReference, findReachableLead } from '#db/queries/leads.ts';
import type { Lead } from '#db/queries/leads.ts';
import { listPostsEver } from '#db/queries/people.ts';
import { rolesOn } from '#rules/recusal.ts';
import type { LeadView } from '#rules/recusal.ts';
import { roleOf } from '#rules/roles.ts';
import type { RoleCode } from '#rules/roles.ts';
import { readNameTests } from './accused-names.ts';
import { readLineage, testExclusions } from './exclusions.ts';
import type { ExclusionTest } from './exclusions.ts';
import { desksOf } from './lead-keys.ts';
import { isHeldSince, isKeptByName, withoutExcluded } from './without-excluded.ts';
import type { Seeing } from './without-excluded.ts';

/** A lead that its reader may know of, with the roles the reader holds towards it. */
export type LeadAccess = {
  lead: Lead;
  grants: LeadGrant[];
  roles: RoleCode[];
  excluded: ExclusionTest;
};

/**
 * `visibleTo`, for one lead: who may not see it gets the answer that stands for one that does not exist.
 */
export async function findVisibleLead(
  context: Seeing,
  actor: Actor,
  reference: string,
): Promise<LeadAccess> {
  const { db } = context;
  const lead = await findReachableLead(db, reachOf(actor), reference);
  return accessTo(context, actor, lead, desksOf);
}

/**
 * A lead that one of the actor's own bodies holds in reserve, with the roles held there. It stands in no
 * queue of theirs; who does not know its reference finds nothing. Throws `not-found`.
 */
export async function findReservedLead(
  context: Seeing,
  actor: Actor,
  reference: string,
): Promise<LeadAccess> {
  const lead = await findLeadByReference(context.db, reference);
  const posts = actor.posts.map((post) => ({ ...post, scope: [post.bodyCode] }));
  return accessTo(context, { ...actor, posts }, lead, reservesOf);
}

/**
 * Where there is no such lead another one is looked at as closely: how long the answer takes does not tell
 * a lead that is kept from somebody from one that does not exist.
 */
async function accessTo(
  context: Seeing,
  actor: Actor,
  found: Lead | null,
  standingsOf: (grants: LeadGrant[]) => string[],
): Promise<LeadAccess> {
  const { db, secrets } = context;
  const lead = found ?? (await findAnyLead(db));
  if (!lead) throw new CodedError('not-found');
  const grants = await listGrants(db, lead.id);
  const macs = new Set((await listExclusions(db, [lead.id])).map((row) => row.mac));
  const holders = desksOf(grants);
  const lineage = await readLineage(db);
  const excluded = testExclusions(secrets, lead.id, macs, lineage, (body) =>
    holders.includes(body),
  );
  const roles = rolesOn(actor, await viewOf(context, actor, lead, standingsOf(grants), excluded));
  if (!found || roles.length === 0) throw new CodedError('not-found');
  return { lead, grants, roles, excluded };
}

/** What the rule of visibility asks about a lead. */
async function viewOf(
  context: Seeing,
  actor: Actor,
  lead: Lead,
  standings: string[],
  excluded: ExclusionTest,
): Promise<LeadView> {
  const { db, secrets } = context;
  const tests = await readNameTests(db, secrets, [actor.personId]);
  const asked = [...standings, ...actor.posts.map((post) => post.bodyCode)];
  const problems = await listProblems(db, [lead.id]);
  const workers = await listWorkers(db, lead.id);
  const posts = await listPostsEver(db, actor.personId);
  const heldSince = posts.filter((post) => isHeldSince(post, lead.receivedOn));
  return {
    standings,
    excludedBodies: asked.filter((body) => excluded({ body })),
    personExcluded:
      excluded({ person: actor.personId }) ||
      heldSince.some((post) => excluded({ body: post.bodyCode })) ||
      (await isKeptByName(context, tests.get(actor.personId), lead, excluded)),
    sealed: lead.secrecy === 'sealed',
    isPhone: problems.length > 0 && problems.every((row) => row.problem === 'PHONE'),
    assignedTo: workers.map((worker) => worker.personId),
  };
}

/** Bodies that may take it over and do not have it. */
function reservesOf(grants: LeadGrant[]): string[] {
  const desks = desksOf(grants);
  const held = grants.filter((grant) => grant.part === 'content').map((grant) => grant.bodyCode);
  return [...new Set(held.filter((body) => !desks.includes(body)))];
}

/**
 * `visibleTo`, for the queue: the leads the person may know of that match, in order; the first `limit` of
 * them, or all.
 */
export async function listVisibleLeads(
  context: Context,
  actor: Pick<Actor, 'personId' | 'posts'>,
  filter: LeadFilter,
  { order, after, limit }: LeadSlice = {},
): Promise<LeadCandidate[]> {
  const reach = reachOf(actor);
  const visible: LeadCandidate[] = [];
  let last = after;
  for (;;) {
    const missing = limit === undefined ? undefined : limit - visible.length;
    const slice = { order, after: last, limit: missing };
    const candidates = await listLeadCandidates(context.db, reach, filter, slice);
    visible.push(...(await withoutExcluded(context, actor, candidates)));
    // Those that were left out are made up for.
    const isEnd = missing === undefined || candidates.length < missing;
    if (isEnd || visible.length >= (limit ?? 0)) return visible;
    last = candidates.at(-1);
  }
}

/** The bodies whose desks a person may look at, by what the role at each post may read. */
export function reachOf(actor: Pick<Actor, 'personId' | 'posts'>): LeadReach {
  const opening = actor.posts.filter((post) => !post.keyless);
  const posts = opening.map((post) => ({ ...post, ...roleOf(post.role) }));
  function bodiesOf(matches: (post: (typeof posts)[number]) => boolean): string[] {
    return [...new Set(posts.filter(matches).flatMap((post) => post.scope))];
  }
  return {
    personId: actor.personId,
    sealedDesks: bodiesOf((post) => post.leads === 'body' && post.sealed),
    desks: bodiesOf((post) => post.leads === 'body' && !post.sealed),
    assigned: bodiesOf((post) => post.leads === 'assigned'),
    phones: bodiesOf((post) => post.leads === 'phone'),
  };
}
