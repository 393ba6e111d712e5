import { listStaff } from '#db/queries/complaints.ts';
import { listPersonNames, listPostsOfAll } from '#db/queries/people.ts';
import { listRelativesNamed, listRelativesOfStaff } from '#db/queries/relatives.ts';
import type { Reader } from '#db/store.ts';
import { partsOfName, partsOfTyped } from '#rules/accused-names.ts';
import { normaliseName } from '#rules/recusal.ts';
import type { Subject } from '#rules/subjects.ts';
import type { Secrets } from '#sealing/secrets.ts';
import type { ExcludedParty, ExclusionTest } from './exclusions.ts';
import { macOfName } from './relative-names.ts';

/**
 * The names of the accused, as they stand among a lead's exclusions: nobody has to open it to keep away who
 * joins, is given another name or is registered as a near relative after it arrived. `any` stands for the name
 * wherever its bearer serves, `at` for the name at a body, `named` for its mere mention, `part` for a run of
 * symbols in what was typed.
 */
export async function listNameParties(
  db: Reader,
  secrets: Secrets,
  subjects: readonly (Subject & { name: string | null })[],
): Promise<ExcludedParty[]> {
  const staff = await listStaff(db);
  const tokens = subjects.flatMap(({ name, bodyCode }) => {
    const typed = normaliseName(name ?? '');
    if (!typed) return [];
    const mac = macOfName(secrets, typed);
    const same = staff.filter((person) => normaliseName(person.name) === typed);
    const there = same.filter(({ bodyCodes }) => bodyCode && bodyCodes.includes(bodyCode));
    return [
      `named:${mac}`,
      ...(bodyCode ? [atBody(bodyCode, mac)] : []),
      ...(there.length === 0 ? [`any:${mac}`] : []),
      ...(same.length === 0 ? partsOfTyped(typed).map((part) => partOf(secrets, part)) : []),
    ];
  });
  return [...new Set(tokens)].map((name) => ({ name }));
}

/** By which names among a lead's exclusions a person is kept from it. */
export type NameTest = {
  /** Any of them: the person bears the name. */
  certain: ExcludedParty[];
  /** All of one list: the name stands in what was typed, or is that of a near relative. */
  guessed: ExcludedParty[][];
};

/** The names by which these people are kept from leads, by person. */
export async function readNameTests(
  db: Reader,
  secrets: Secrets,
  personIds: string[],
): Promise<Map<string, NameTest>> {
  const names = await listPersonNames(db, personIds);
  const posts = Map.groupBy(await listPostsOfAll(db, personIds), (post) => post.personId);
  const macs = new Map([...names].map(([id, name]) => [id, macOfName(secrets, name)]));
  const ofStaff = await listRelativesOfStaff(db, [...macs.values()]);
  const ofRelatives = await listRelativesNamed(db, [...macs.values()]);
  const tests = new Map<string, NameTest>();
  for (const [id, mac] of macs) {
    const bodies = [...new Set((posts.get(id) ?? []).map((post) => post.bodyCode))];
    const registered = ofStaff
      .filter((entry) => entry.staffNameMac === mac)
      .filter(({ bodyCode, personId }) => !bodyCode || !personId || bodies.includes(bodyCode));
    const colleagues = ofRelatives.filter((entry) => entry.relativeNameMac === mac);
    const parts = partsOfName(names.get(id) ?? '').map((part) => partOf(secrets, part));
    const guessed = [
      ...(parts.length > 0 ? [parts] : []),
      ...registered.map((entry) => [`named:${entry.relativeNameMac}`]),
      ...colleagues.flatMap(({ staffNameMac, bodyCode }) =>
        bodyCode
          ? [[`any:${staffNameMac}`], [atBody(bodyCode, staffNameMac)]]
          : [[`named:${staffNameMac}`]],
      ),
    ];
    tests.set(id, {
      certain: [`any:${mac}`, ...bodies.map((body) => atBody(body, mac))].map(toParty),
      guessed: guessed.map((all) => all.map(toParty)),
    });
  }
  return tests;
}

export function isNamed(test: NameTest | undefined, has: ExclusionTest): boolean {
  return test?.certain.some(has) ?? false;
}

export function mayBeNamed(test: NameTest | undefined, has: ExclusionTest): boolean {
  return test?.guessed.some((all) => all.every(has)) ?? false;
}

function atBody(bodyCode: string, mac: string): string {
  return `at:${bodyCode}:${mac}`;
}

function partOf(secrets: Secrets, part: string): string {
  return `part:${macOfName(secrets, part)}`;
}

function toParty(name: string): ExcludedParty {
  return { name };
}
