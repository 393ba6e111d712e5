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

/**
 * Ids of the staff whom an accused name may mean. A name counts where it stands anywhere in what was
 * typed (民政所张三, 张三所长): one person too many kept away does less harm than one too few.
 */
export function matchAccused(
  accusedNames: readonly string[],
  staff: readonly { id: string; name: string }[],
): string[] {
  const typed = accusedNames.map(squeezeName).filter(Boolean);
  const matches = staff.filter(({ name }) => {
    const known = squeezeName(name);
    return [...known].length >= 2 && typed.some((text) => text.includes(known));
  });
  return matches.map((person) => person.id);
}

function squeezeName(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^\p{L}〇]/gu, '')
    .toLowerCase();
}
