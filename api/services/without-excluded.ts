import type { Actor, Context } from '#api/context.ts';
import { listArrivals, listExclusions } from '#db/queries/lead-details.ts';
import { listGrants } from '#db/queries/lead-grants.ts';
import { listLeadsById } from '#db/queries/leads.ts';
import { listPostHolders, listPostsEver } from '#db/queries/people.ts';
import type { Reader } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { roleOf } from '#rules/roles.ts';
import type { RoleCode } from '#rules/roles.ts';
import type { Secrets } from '#sealing/secrets.ts';
import { isNamed, mayBeNamed, readNameTests } from './accused-names.ts';
import type { NameTest } from './accused-names.ts';
import { listBarredPeople, macOfExclusion, readLineage, testExclusions } from './exclusions.ts';
import type { ExcludedParty, ExclusionTest, Lineage } from './exclusions.ts';
import { desksOf } from './lead-keys.ts';

/** What it takes to say who may know of a lead. */
export type Seeing = Pick<Context, 'db' | 'secrets' | 'now'>;

/** A post that was held when a lead arrived, or later. */
export function isHeldSince({ endsOn }: { endsOn: string | null }, receivedOn: string): boolean {
  return endsOn === null || endsOn > receivedOn;
}

/** The other half of `visibleTo`: leads within reach from which the person is not excluded. */
export async function withoutExcluded<T extends { id: string }>(
  context: Seeing,
  actor: Pick<Actor, 'personId' | 'posts'>,
  leads: T[],
): Promise<T[]> {
  const { db, secrets } = context;
  const ended = (await listPostsEver(db, actor.personId)).filter((post) => post.endsOn !== null);
  const lineage = await readLineage(db);
  const test = (await readNameTests(db, secrets, [actor.personId])).get(actor.personId);
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
    if (excluded && (await bars(db, secrets, lead.id, excluded, parties, lineage))) continue;
    if (excluded && (await barsByName(context, test, lead.id, excluded, lineage))) continue;
    visible.push(lead);
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

async function barsByName(
  context: Seeing,
  test: NameTest | undefined,
  leadId: string,
  macs: ReadonlySet<string>,
  lineage: Lineage,
): Promise<boolean> {
  const { db, secrets } = context;
  const has = (party: ExcludedParty) => macs.has(macOfExclusion(secrets, leadId, party));
  if (!isNamed(test, has) && !mayBeNamed(test, has)) return false;
  const [lead] = await listLeadsById(db, [leadId]);
  const holders = desksOf(await listGrants(db, leadId));
  const isHolder = (body: string) => holders.includes(body);
  const excluded = testExclusions(secrets, leadId, macs, lineage, isHolder);
  return lead !== undefined && isKeptByName(context, test, lead, excluded);
}

/**
 * Whether an accused's name keeps a person from a lead, who came to it after it arrived. That a name stands in
 * what was typed, or is a relative's, is a guess: it never leaves nobody to read the lead at its desk.
 */
export async function isKeptByName(
  { db, secrets, now }: Seeing,
  test: NameTest | undefined,
  lead: { bodyCode: string; secrecy: string; receivedOn: string },
  excluded: ExclusionTest,
): Promise<boolean> {
  if (isNamed(test, excluded)) return true;
  if (!mayBeNamed(test, excluded)) return false;
  const day = civilDateOf(now());
  const holders = (await listPostHolders(db, [lead.bodyCode], day)).filter(({ role }) => {
    const { leads, sealed } = roleOf(role as RoleCode);
    return leads === 'body' && (sealed || lead.secrecy !== 'sealed');
  });
  const barred = await listBarredPeople(db, excluded, lead.receivedOn, day);
  const ids = holders.map(({ personId }) => personId);
  const tests = await readNameTests(db, secrets, ids);
  return ids.some((id) => {
    const isMeant = isNamed(tests.get(id), excluded) || mayBeNamed(tests.get(id), excluded);
    return !isMeant && !barred.has(id) && !excluded({ person: id });
  });
}
