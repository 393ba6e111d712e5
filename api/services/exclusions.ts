import { randomBytes } from 'node:crypto';
import type { Secrets } from '#sealing/secrets.ts';

/** Who may be excluded from a lead: a body with all its members, or one person in all posts. */
export type ExcludedParty = { body: string } | { person: string };

/**
 * The keyed hash that stands for an excluded party in `lead_exclusion`. It differs from lead to lead, so
 * that no two rows show that the same person is meant.
 */
export function macOfExclusion(secrets: Secrets, leadId: string, party: ExcludedParty): string {
  const name = 'body' in party ? `body:${party.body}` : `person:${party.person}`;
  return secrets.mac('exclusion', leadId, name).mac;
}

/** More persons than are accused in one complaint. */
const SPARE_EXCLUSIONS = 16;

/** As many macs as every sealed lead has: how many are excluded would tell who is accused. */
export function sealedExclusions(bodies: number): number {
  return bodies + SPARE_EXCLUSIONS;
}

/** The macs among random ones, `count` in all, in an order that tells nothing. */
export function hideAmong(count: number, macs: string[]): string[] {
  const random = () => randomBytes(32).toString('hex');
  const others = Array.from({ length: Math.max(0, count - macs.length) }, random);
  return [...macs, ...others].toSorted();
}
