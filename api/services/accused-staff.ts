import { listStaff } from '#db/queries/complaints.ts';
import { listPostHolders } from '#db/queries/people.ts';
import type { Reader } from '#db/store.ts';
import { excludedPersons, mentionedStaff } from '#rules/recusal.ts';
import { roleOf } from '#rules/roles.ts';
import type { RoleCode } from '#rules/roles.ts';
import { arrivalDesk } from '#rules/routing.ts';
import type { Arrival } from '#rules/routing.ts';
import type { Body, Subject } from '#rules/subjects.ts';

type Accused = Subject & { name: string | null };
type Complained = { subjects: readonly Accused[]; placePath: readonly string[] };

/**
 * The desk a complaint arrives at, and the staff who must not know of it because an accused bears their
 * name or it stands in what was typed, or because they are `near` the matter. What is only such a guess
 * never leaves nobody to receive the complaint: then it binds the person and not a discipline body, and in
 * the end not the person either.
 */
export async function chooseDesk(
  db: Reader,
  complained: Complained,
  bodies: readonly Body[],
  day: string,
  near: readonly string[] = [],
): Promise<{ arrival: Arrival; persons: string[] }> {
  const staff = await listStaff(db);
  const certain = excludedPersons(complained.subjects, staff);
  const spoken = [...certain, ...mentionedStaff(complained.subjects, staff)];
  const all = [...new Set([...spoken, ...near])];
  function choose(persons: string[], members: string[]) {
    const accused = staff.filter(({ personId }) => members.includes(personId));
    const theirBodies = accused.flatMap((person) => person.bodyCodes);
    return { arrival: arrivalDesk(complained, bodies, theirBodies), persons };
  }
  if (all.length > certain.length) {
    const choices = [choose(all, spoken), choose(all, certain), choose(spoken, certain)];
    for (const choice of choices) {
      if (await hasReceiver(db, choice.arrival, new Set(choice.persons), day)) return choice;
    }
  }
  return choose(certain, certain);
}

/**
 * Staff of whom an opened complaint speaks and who are not excluded yet: they joined since it arrived.
 * Guesses are left out where they would leave nobody at its desk.
 */
export async function findAccusedStaff(
  db: Reader,
  subjects: readonly Accused[],
  desk: Desk & { excludesPerson: (personId: string) => boolean },
  day: string,
  near: readonly string[] = [],
): Promise<string[]> {
  const staff = await listStaff(db);
  const isNew = (person: string) => !desk.excludesPerson(person);
  const certain = excludedPersons(subjects, staff).filter(isNew);
  const guessed = [...mentionedStaff(subjects, staff), ...near].filter(isNew);
  const all = [...new Set([...certain, ...guessed])];
  const before = staff.flatMap(({ personId }) => (isNew(personId) ? [] : [personId]));
  const isKept = all.length === certain.length;
  return isKept || (await hasReceiver(db, desk, new Set([...before, ...all]), day)) ? all : certain;
}

type Desk = Pick<Arrival, 'bodyCode' | 'sealed' | 'excluded'>;

/** Whether somebody at the desk reads all its leads and is kept from this one by nothing. */
async function hasReceiver(
  db: Reader,
  { bodyCode, sealed, excluded }: Desk,
  persons: ReadonlySet<string>,
  day: string,
): Promise<boolean> {
  if (!bodyCode) return false;
  const tainted = excluded.length > 0 ? await listPostHolders(db, [...excluded], day) : [];
  const barred = new Set([...persons, ...tainted.map((holder) => holder.personId)]);
  const holders = await listPostHolders(db, [bodyCode], day);
  return holders.some(({ personId, role }) => {
    const { leads, sealed: seesSealed } = roleOf(role as RoleCode);
    return leads === 'body' && (seesSealed || !sealed) && !barred.has(personId);
  });
}
