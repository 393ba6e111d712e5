import { listStaff } from '#db/queries/complaints.ts';
import { listRelativesNamed, listRelativesOfStaff } from '#db/queries/relatives.ts';
import type { Reader } from '#db/store.ts';
import { normaliseName } from '#rules/recusal.ts';
import type { Secrets } from '#sealing/secrets.ts';

/** The keyed hash that stands for a name in the register of relatives. */
export function macOfName(secrets: Secrets, name: string): string {
  return secrets.mac('name-hash', 'relative', normaliseName(name)).mac;
}

/** Somebody a complaint names: an accused, with the body where given, or who complained. */
type Named = { name: string | null; bodyCode?: string | null | undefined };

/**
 * Staff who are near relatives of somebody named, by the register: their registered relative bears the
 * name, or they are themselves the registered relative of a colleague named. By name alone, so a guess.
 */
export async function findRelatedStaff(
  db: Reader,
  secrets: Secrets,
  named: readonly Named[],
): Promise<string[]> {
  const names = named.flatMap(({ name, bodyCode }) =>
    name && normaliseName(name) ? [{ mac: macOfName(secrets, name), bodyCode }] : [],
  );
  if (names.length === 0) return [];
  const macs = names.map(({ mac }) => mac);
  const theirs = await listRelativesNamed(db, macs);
  const own = await listRelativesOfStaff(db, macs);
  if (theirs.length === 0 && own.length === 0) return [];
  const staff = (await listStaff(db)).map((person) => ({
    ...person,
    mac: macOfName(secrets, person.name),
  }));
  const registrants = theirs.flatMap(({ staffNameMac, bodyCode }) => {
    const same = staff.filter(({ mac }) => mac === staffNameMac);
    const there = same.filter(({ bodyCodes }) => bodyCode && bodyCodes.includes(bodyCode));
    return there.length > 0 ? there : same;
  });
  const relatives = own.flatMap((entry) => {
    const bodies = names.filter(({ mac }) => mac === entry.staffNameMac);
    const elsewhere = bodies.every(
      ({ bodyCode }) => bodyCode && entry.bodyCode && bodyCode !== entry.bodyCode,
    );
    return elsewhere ? [] : staff.filter(({ mac }) => mac === entry.relativeNameMac);
  });
  return [...new Set([...registrants, ...relatives].map(({ personId }) => personId))];
}
