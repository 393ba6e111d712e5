import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import {
  listArrivals,
  listExclusions,
  listProblems,
  listWorkers,
} from '#db/queries/lead-details.ts';
import { listGrants } from '#db/queries/lead-grants.ts';
import type { LeadGrant } from '#db/queries/lead-grants.ts';
import type { LeadFilter } from '#db/queries/lead-filter.ts';
import { listLeadCandidates } from '#db/queries/lead-queue.ts';
import type { LeadCandidate, LeadReach, LeadSlice } from '#db/queries/lead-queue.ts';
import { findLeadByReference, findReachableLead } from '#db/queries/leads.ts';
import type { Lead } from '#db/queries/leads.ts';
import { listPostsEver } from '#db/queries/people.ts';
import type { Reader } from '#db/store.ts';
import { rolesOn } from '#rules/recusal.ts';
import type { LeadView } from '#rules/recusal.ts';
import { roleOf } from '#rules/roles.ts';
import type { RoleCode } from '#rules/roles.ts';
import type { Secrets } from '#sealing/secrets.ts';
import { macOfExclusion, readLineage, testExclusions } from './exclusions.ts';
import type { ExcludedParty, ExclusionTest, Lineage } from './exclusions.ts';

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
  db: Reader,
  secrets: Secrets,
  actor: Actor,
  reference: string,
): Promise<LeadAccess> {
  const lead = await findReachableLead(db, reachOf(actor), reference);
  if (!lead) throw new CodedError('not-found');
  return accessTo(db, secrets, actor, lead, desksOf);
}

/**
 * A lead that one of the actor's own bodies holds in reserve, with the roles held there. It stands in no
 * queue of theirs; who does not know its reference finds nothing. Throws `not-found`.
 */
export async function findReservedLead(
  db: Reader,
  secrets: Secrets,
  actor: Actor,
  reference: string,
): Promise<LeadAccess> {
  const lead = await findLeadByReference(db, reference);
  if (!lead) throw new CodedError('not-found');
  const posts = actor.posts.map((post) => ({ ...post, scope: [post.bodyCode] }));
  return accessTo(db, secrets, { ...actor, posts }, lead, reservesOf);
}

async function accessTo(
  db: Reader,
  secrets: Secrets,
  actor: Actor,
  lead: Lead,
  standingsOf: (grants: LeadGrant[]) => string[],
): Promise<LeadAccess> {
  const grants = await listGrants(db, lead.id);
  const macs = new Set((await listExclusions(db, [lead.id])).map((row) => row.mac));
  const holders = desksOf(grants);
  const lineage = await readLineage(db);
  const excluded = testExclusions(secrets, lead.id, macs, lineage, (body) =>
    holders.includes(body),
  );
  const roles = rolesOn(actor, await viewOf(db, actor, lead, standingsOf(grants), excluded));
  if (roles.length === 0) throw new CodedError('not-found');
  return { lead, grants, roles, excluded };
}

/** What the rule of visibility asks about a lead. */
async function viewOf(
  db: Reader,
  actor: Actor,
  lead: Lead,
  standings: string[],
  excluded: ExclusionTest,
): Promise<LeadView> {
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
      heldSince.some((post) => excluded({ body: post.bodyCode })),
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

/** Bodies on whose desk a lead is or was. */
export function desksOf(grants: LeadGrant[]): string[] {
  const desks = grants.filter((grant) => grant.part === 'content' && grant.standing === 'desk');
  return [...new Set(desks.map((grant) => grant.bodyCode))];
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
    visible.push(...(await withoutExcluded(context.db, context.secrets, actor, candidates)));
    // Those that were left out are made up for.
    const isEnd = missing === undefined || candidates.length < missing;
    if (isEnd || visible.length >= (limit ?? 0)) return visible;
    last = candidates.at(-1);
  }
}

/** The bodies whose desks a person may look at, by what the role at each post may read. */
export function reachOf(actor: Pick<Actor, 'personId' | 'posts'>): LeadReach {
  const posts = actor.posts.map((post) => ({ ...post, ...roleOf(post.role) }));
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

/** A post that was held when a lead arrived, or later. */
function isHeldSince({ endsOn }: { endsOn: string | null }, receivedOn: string): boolean {
  return endsOn === null || endsOn > receivedOn;
}

/** The other half of `visibleTo`: leads within reach from which the person is not excluded. */
export async function withoutExcluded<T extends { id: string }>(
  db: Reader,
  secrets: Secrets,
  actor: Pick<Actor, 'personId' | 'posts'>,
  leads: T[],
): Promise<T[]> {
  const ended = (await listPostsEver(db, actor.personId)).filter((post) => post.endsOn !== null);
  const lineage = await readLineage(db);
  const macs = new Map<string, Set<string>>();
  const ids = leads.map((lead) => lead.id);
  for (const { leadId, mac } of await listExclusions(db, ids)) {
    macs.set(leadId, (macs.get(leadId) ?? new Set()).add(mac));
  }
  const arrivals = new Map<string, string>();
  // Most people never left a body; for them no date is needed.
  for (const { id, receivedOn } of ended.length > 0
    ? await listArrivals(db, [...macs.keys()])
    : []) {
    arrivals.set(id, receivedOn);
  }
  const visible: T[] = [];
  for (const lead of leads) {
    const excluded = macs.get(lead.id);
    const since = ended.filter((post) => isHeldSince(post, arrivals.get(lead.id) ?? ''));
    const bodies = [...new Set([...actor.posts, ...since].map((post) => post.bodyCode))];
    const parties = [{ person: actor.personId }, ...bodies.map((body) => ({ body }))];
    if (!excluded || !(await bars(db, secrets, lead.id, excluded, parties, lineage))) {
      visible.push(lead);
    }
  }
  return visible;
}

/** Grants are read only where a body was formed from an excluded one. */
async function bars(
  db: Reader,
  secrets: Secrets,
  leadId: string,
  macs: ReadonlySet<string>,
  parties: ExcludedParty[],
  lineage: Lineage,
): Promise<boolean> {
  const direct = (party: ExcludedParty) => macs.has(macOfExclusion(secrets, leadId, party));
  if (parties.some(direct)) return true;
  const formed = parties.filter((party) => 'body' in party && lineage(party.body).length > 0);
  if (formed.length === 0) return false;
  const holders = desksOf(await listGrants(db, leadId));
  const excluded = testExclusions(secrets, leadId, macs, lineage, (body) => holders.includes(body));
  return formed.some(excluded);
}
