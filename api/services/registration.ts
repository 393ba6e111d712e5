import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { findLeadByLookup } from '#db/queries/complaints.ts';
import { isVoidCode } from '#db/queries/lead-codes.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { canonicalComplaint } from '#rules/complaint.ts';
import { CODE_BYTES, makeQueryCode } from '#rules/receipt.ts';
import { REGISTRATION_FIELDS, findLateDates } from '#rules/registration.ts';
import type { RegistrationInput } from '#rules/registration.ts';
import { sealJson } from '#sealing/age.ts';
import { deriveCodeKeys } from '#sealing/query-code.ts';
import { prepareArrival } from './complaint-arrival.ts';
import type { ArrivingLead } from './complaint-arrival.ts';
import { contentOf, readFiled, reporterOf, storeArrival } from './complaints.ts';
import type { Filed } from './complaints.ts';
import { openUploads, sealEvidence, takeUploads } from './evidence.ts';
import { FIRST_EPOCH } from './lead-keys.ts';
import { requirePostAt } from './list-access.ts';
import { classOfObjection } from './notice-objection.ts';

/** What the person at the desk is told; the code only where the reporter gets it. */
export type Slip = Pick<Filed, 'reference' | 'receivedOn' | 'dueOn'> & {
  queryCode: string | null;
};

/**
 * Registers a matter that came by phone, visit, letter, from above or from elsewhere: into the same queue,
 * sealed and routed as what comes over the web. Whoever enters it sees it afterwards only where they may. The
 * same form sent again is the same slip. Throws `not-allowed`, `invalid-input`, `already-received`, `code-replaced`,
 * `evidence-gone`, `nobody-to-receive`.
 */
export async function registerLead(
  context: Context,
  actor: Actor,
  input: RegistrationInput,
): Promise<Slip> {
  const { db, secrets } = context;
  const { bodyCode } = requirePostAt(actor, 'leads.register', undefined);
  const now = context.now();
  const late = findLateDates(input, civilDateOf(now));
  if (Object.keys(late).length > 0) throw new CodedError('invalid-input', late);
  const { complaint, handsCode } = input;
  const queryCode = codeOfForm(context, actor, input.token);
  const keys = await deriveCodeKeys(secrets, queryCode);
  const told = toldFields(input);
  const sameness = secrets.mac(
    'sameness',
    queryCode,
    canonicalComplaint(complaint),
    JSON.stringify({ receivedOn: input.receivedOn, ...told }),
  ).mac;
  const slipOf = ({ reference, receivedOn, dueOn }: Filed): Slip => {
    return { reference, receivedOn, dueOn, queryCode: handsCode ? queryCode : null };
  };
  const earlier = await findLeadByLookup(db, keys.lookup);
  if (earlier) return slipOf(await readFiled(db, earlier, sameness));
  if (await isVoidCode(db, keys.lookup)) throw new CodedError('code-replaced');

  const files = await openUploads(context, complaint.evidence ?? []);
  const content = contentOf(complaint, input.source);
  const reporter = reporterOf(complaint);
  const prepared = await prepareArrival(context, {
    content: { ...content, class: await classOfObjection(db, now, complaint) },
    reporter,
    keys,
    sameness,
    proved: true,
    registered: {
      receivedOn: input.receivedOn,
      dueOn: input.dueOn ?? null,
      reachable: handsCode || Boolean(reporter?.contact),
    },
  });
  const { personId } = actor;
  const arrival: ArrivingLead = {
    ...prepared,
    entered: {
      personId,
      bodyCode,
      onDate: civilDateOf(now),
      sealed: await sealJson([prepared.lead.contentRecipient], told),
    },
  };
  const { id, contentRecipient } = prepared.lead;
  const at = { origin: 'complaint', onDate: civilDateOf(now) } as const;
  const taken = await sealEvidence(files, { contentRecipient, epoch: FIRST_EPOCH }, at);
  return db.transaction(async (tx) => {
    const meanwhile = await findLeadByLookup(tx, keys.lookup);
    if (meanwhile) return slipOf(await readFiled(tx, meanwhile, sameness));
    const filed = await storeArrival(tx, context, arrival, now, { personId, bodyCode });
    await takeUploads(tx, id, taken);
    return slipOf(filed);
  });
}

/**
 * The query code of a form, of this person and no other: the page holds what it is made from and not the code
 * itself, which nobody is shown who does not hand it out.
 */
function codeOfForm({ secrets }: Context, { personId }: Actor, token: string): string {
  const info = 'sunshine-dibao/registered-code/v1';
  const seed = JSON.stringify([personId, token]);
  return makeQueryCode(secrets.derive('query-code', seed, info, CODE_BYTES));
}

/** What the history of the lead keeps of the way it came, in the order of its fields. */
function toldFields(input: RegistrationInput): Record<string, unknown> {
  const given = REGISTRATION_FIELDS.map(({ name }) => [
    name,
    input[name as keyof RegistrationInput],
  ]);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
