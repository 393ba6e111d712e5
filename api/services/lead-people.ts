import type { Context } from '#api/context.ts';
import { listPeopleIds } from '#db/queries/lead-details.ts';
import { listPostHolders } from '#db/queries/people.ts';
import type { Reader } from '#db/store.ts';
import { SUPERVISING } from '#rules/lifecycle-supervision.ts';
import { roleOf } from '#rules/roles.ts';
import type { RoleCode } from '#rules/roles.ts';
import { scopeOf, superiorsOf } from '#rules/subjects.ts';
import { readNameTests } from './accused-names.ts';
import { listBarredPeople } from './exclusions.ts';
import type { ExcludedParty } from './exclusions.ts';
import type { LeadCase } from './lead-case.ts';
import { isKeptByName } from './without-excluded.ts';
import type { Seeing } from './without-excluded.ts';

/** Somebody who may be named in a step on a lead. */
export type LeadPerson = { personId: string; name: string; bodyCode: string };

const CASE_WORK: readonly RoleCode[] = ['handler', 'township_user'];
const DISCIPLINE_WORK: readonly RoleCode[] = ['discipline_liaison'];

/** Who could be a case worker of a lead that one of these bodies handles: posts there or above, not excluded. */
export async function listAssignable(
  context: Seeing,
  leadCase: LeadCase,
  bodyCodes: string[],
): Promise<LeadPerson[]> {
  const wanted = leadCase.facts.heldByDiscipline ? DISCIPLINE_WORK : CASE_WORK;
  const reaching = leadCase.bodies.filter((body) =>
    scopeOf(body.code, leadCase.bodies).some((code) => bodyCodes.includes(code)),
  );
  const holders = await listHolders(
    context.db,
    leadCase,
    reaching.map((body) => body.code),
    wanted,
  );
  return withoutExcluded(context, leadCase, holders);
}

/** Staff who may read leads at a body that has this one on its desk. */
export async function listReaders(context: Seeing, leadCase: LeadCase): Promise<LeadPerson[]> {
  const desks = leadCase.grants.filter((grant) => grant.standing === 'desk');
  const codes = [...new Set(desks.map((grant) => grant.bodyCode))];
  const holders = await listHolders(context.db, leadCase, codes, null);
  return withoutExcluded(context, leadCase, holders);
}

/** Who may be named to supervise: at the handling body or above it, not excluded, no case worker. */
export async function listSupervisors(context: Seeing, leadCase: LeadCase): Promise<LeadPerson[]> {
  const { bodies, lead, facts, bodiesWithKey } = leadCase;
  const above = [lead.bodyCode, ...superiorsOf(lead.bodyCode, bodies).map(({ code }) => code)];
  const keyed = above.filter((code) => bodiesWithKey.has(code));
  const roles = SUPERVISING.filter((role) => roleOf(role).sealed || lead.secrecy !== 'sealed');
  const holders = await listHolders(context.db, leadCase, keyed, roles);
  const free = holders.filter(({ personId }) => !facts.caseWorkers.includes(personId));
  return withoutExcluded(context, leadCase, free);
}

async function listHolders(
  db: Reader,
  leadCase: LeadCase,
  bodyCodes: string[],
  roles: readonly RoleCode[] | null,
): Promise<LeadPerson[]> {
  if (bodyCodes.length === 0) return [];
  const holders = await listPostHolders(db, bodyCodes, leadCase.day);
  const reading = holders.filter(({ role }) =>
    roles ? roles.includes(role as RoleCode) : roleOf(role as RoleCode).leads !== 'none',
  );
  return [...new Map(reading.map((holder) => [holder.personId, holder])).values()].map(
    ({ personId, name, bodyCode }) => ({ personId, name, bodyCode }),
  );
}

/** A person with a post at an excluded body, now or since the arrival, is excluded in every post. */
async function withoutExcluded(context: Seeing, leadCase: LeadCase, people: LeadPerson[]) {
  const { db, secrets } = context;
  const { excluded, lead, day } = leadCase;
  const barred = await listBarredPeople(db, excluded, lead.receivedOn, day);
  const ids = people.map(({ personId }) => personId);
  const tests = await readNameTests(db, secrets, ids);
  const kept = new Set<string>();
  for (const id of ids) {
    if (await isKeptByName(context, tests.get(id), lead, excluded)) kept.add(id);
  }
  return people.filter(
    ({ personId: person }) => !kept.has(person) && !barred.has(person) && !excluded({ person }),
  );
}

/** Who is excluded from a lead. Its macs say nothing of another lead: each party is asked for. */
export async function listExcluded(
  { db }: Context,
  { bodies, excluded }: LeadCase,
): Promise<ExcludedParty[]> {
  const people = await listPeopleIds(db);
  const parties = [
    ...bodies.map((body) => ({ body: body.code })),
    ...people.map((person) => ({ person })),
  ];
  return parties.filter((party) => excluded(party));
}
