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
