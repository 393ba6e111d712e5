import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { insertExclusions } from '#db/queries/lead-details.ts';
import { mayBeMeant } from '#rules/recusal.ts';
import { findAccusedStaff } from './accused-staff.ts';
import { listNameParties } from './accused-names.ts';
import { appendAudit } from './audit.ts';
import { macOfExclusion } from './exclusions.ts';
import type { LeadCase } from './lead-case.ts';
import type { LeadContent } from './lead-content.ts';
import { findPersonsNear } from './persons-near.ts';

type Reader = LeadCase['actor'];

/** Whether what is opened may speak of its reader, whose name was not known when it arrived. */
export function speaksOf(
  { subjects, text }: Pick<LeadContent, 'subjects' | 'text'>,
  { personId, name, posts }: Reader,
): boolean {
  return mayBeMeant([...subjects, { name: text }], {
    personId,
    name,
    bodyCodes: posts.map((post) => post.bodyCode),
  });
}

/** Staff who joined or were registered since the arrival may bear an accused's name, or be near. */
export async function matchAccusedAgain(context: Context, leadCase: LeadCase) {
  const { db, secrets } = context;
  const { lead, content, excluded, day } = leadCase;
  const desk = {
    bodyCode: lead.bodyCode,
    sealed: lead.secrecy === 'sealed',
    excluded: leadCase.bodies.map(({ code }) => code).filter((body) => excluded({ body })),
    excludesPerson: (person: string) => excluded({ person }),
  };
  const near = content ? await findPersonsNear(context, content, null) : [];
  const persons = await findAccusedStaff(db, content?.subjects ?? [], desk, day, near);
  const names = await listMissingNames(context, leadCase);
  const parties = [...persons.map((person) => ({ person })), ...names];
  return { persons, macs: parties.map((party) => macOfExclusion(secrets, lead.id, party)) };
}

/**
 * The names of the accused, of a lead that came before names stood among its exclusions: only who can open it can
 * put them there. One that has some is left as it is, since names are judged by who served on the day it came.
 */
async function listMissingNames({ db, secrets }: Context, { content, excluded }: LeadCase) {
  const parties = await listNameParties(db, secrets, content?.subjects ?? []);
  return parties.some((party) => excluded(party)) ? [] : parties;
}

/**
 * Keeps a lead from a reader it accuses, who joined since it arrived, from now on: whichever way they came to
 * open it. Throws `not-found`.
 */
export async function refuseAccused(context: Context, leadCase: LeadCase): Promise<void> {
  const { actor, lead, roles, content } = leadCase;
  if (!content || !speaksOf(content, actor)) return;
  const { persons, macs } = await matchAccusedAgain(context, leadCase);
  if (!persons.includes(actor.personId)) return;
  await context.db.transaction(async (tx) => {
    await insertExclusions(tx, lead.id, macs);
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'lead.open',
      subjectKind: 'lead',
      subjectId: lead.id,
      personId: actor.personId,
      bodyCode: actor.posts.find((post) => roles.includes(post.role))?.bodyCode ?? null,
    });
  });
  throw new CodedError('not-found');
}
