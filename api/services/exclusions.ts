import { randomBytes } from 'node:crypto';
import { listBodies } from '#db/queries/bodies.ts';
import { listPeopleSince } from '#db/queries/people.ts';
import type { Reader } from '#db/store.ts';
import { predecessorsOf } from '#rules/subjects.ts';
import type { Secrets } from '#sealing/secrets.ts';

/**
 * Who may be excluded from a lead: a body with all its members, one person in all posts, or whoever bears a
 * name (services/accused-names).
 */
export type ExcludedParty = { body: string } | { person: string } | { name: string };

/** Whether a party is excluded from one lead. */
export type ExclusionTest = (party: ExcludedParty) => boolean;

/**
 * The keyed hash that stands for an excluded party in `lead_exclusion`. It differs from lead to lead, so
 * that no two rows show that the same person is meant.
 */
export function macOfExclusion(secrets: Secrets, leadId: string, party: ExcludedParty): string {
  const [[kind, value] = []] = Object.entries(party);
  return secrets.mac('exclusion', leadId, `${kind}:${value}`).mac;
}

/** More than the persons and names of one complaint; where it is not, another such block is added. */
const SPARE_EXCLUSIONS = 64;

/** As many macs as every sealed lead has: how many are excluded would tell who is accused. */
export function sealedExclusions(bodies: number): number {
  return bodies + SPARE_EXCLUSIONS;
}

/** The macs among random ones, `count` in all, in an order that tells nothing. */
export function hideAmong(count: number, macs: string[]): string[] {
  const random = () => randomBytes(32).toString('hex');
  const beyond = count > 0 ? Math.ceil(Math.max(0, macs.length - count) / SPARE_EXCLUSIONS) : 0;
  const length = Math.max(0, count + beyond * SPARE_EXCLUSIONS - macs.length);
  const others = Array.from({ length }, random);
  return [...macs, ...others].toSorted();
}

/** For a body, the ended bodies it was formed from. */
export type Lineage = (bodyCode: string) => string[];

export async function readLineage(db: Reader): Promise<Lineage> {
  const bodies = await listBodies(db);
  const known = new Map<string, string[]>();
  return (bodyCode) => {
    const found = known.get(bodyCode) ?? predecessorsOf(bodyCode, bodies);
    known.set(bodyCode, found);
    return found;
  };
}

/**
 * What a lead's macs exclude. A body formed from an excluded one is excluded as well, save where it held
 * the lead before: then it was trusted with it, and only the people who come over are kept away.
 */
export function testExclusions(
  secrets: Secrets,
  leadId: string,
  macs: ReadonlySet<string>,
  lineage: Lineage,
  isHolder: (bodyCode: string) => boolean,
): ExclusionTest {
  const has = (party: ExcludedParty) => macs.has(macOfExclusion(secrets, leadId, party));
  return (party) => {
    if (has(party)) return true;
    if (!('body' in party)) return false;
    const before = lineage(party.body);
    return before.some((body) => has({ body })) && !isHolder(party.body);
  };
}

/**
 * People whom a post at an excluded body keeps away from a lead: held when the lead arrived or since. Who
 * moves on does not come into sight of what their old body must not know.
 */
export async function listBarredPeople(
  db: Reader,
  excluded: ExclusionTest,
  receivedOn: string,
  today: string,
): Promise<Set<string>> {
  const bodies = (await listBodies(db)).map(({ code }) => code);
  const barred = bodies.filter((body) => excluded({ body }));
  return listPeopleSince(db, barred, receivedOn, today);
}
