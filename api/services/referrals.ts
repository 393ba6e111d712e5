import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBodies } from '#db/queries/bodies.ts';
import {
  listOpenReferrals,
  listReferralCandidates,
  listReferralsOf,
} from '#db/queries/referrals.ts';
import type { ReferralCursor, ReferralFilter } from '#db/queries/referrals.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { isUnanswered, referralStateOf } from '#rules/referral.ts';
import { hasCapability } from '#rules/roles.ts';
import { appendAudit } from './audit.ts';
import { reachOf } from './lead-access.ts';
import { withoutExcluded } from './without-excluded.ts';
import type { LeadCase } from './lead-case.ts';

const PAGE_SIZE = 50;

export type ReferralQuery = {
  direction: ReferralFilter['direction'];
  state: ReferralFilter['state'];
  after?: string | undefined;
};
type Candidate = Awaited<ReturnType<typeof listReferralCandidates>>[number];

/**
 * A page of letters out or in, as far as the person may know of their leads; nothing sealed is opened. One
 * look at the list is one audit entry. Throws `not-allowed`, `invalid-input`.
 */
export async function listReferrals(context: Context, actor: Actor, query: ReferralQuery) {
  requireReader(actor);
  const today = civilDateOf(context.now());
  const { direction, state } = query;
  const filter = { direction, state, today, ownBodies: ownBodiesOf(actor) };
  const found = await readVisible(context, actor, filter, readCursor(query.after));
  const page = found.slice(0, PAGE_SIZE);
  const names = new Map((await listBodies(context.db)).map((body) => [body.code, body.name]));
  await context.db.transaction(async (tx) => {
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'referral.list',
      subjectKind: 'person',
      subjectId: actor.personId,
      personId: actor.personId,
      bodyCode: actor.posts[0]?.bodyCode ?? null,
      fields: query,
    });
  });
  const last = page.at(-1)?.referral;
  return {
    items: page.map((row) => describe(row, names, today)),
    ...(last && found.length > PAGE_SIZE ? { next: `${last.remindOn}_${last.number}` } : {}),
  };
}

/** How many letters wait, out and in, of those the person may know of. */
export async function countReferrals(context: Context, actor: Actor) {
  requireReader(actor);
  const today = civilDateOf(context.now());
  const own = ownBodiesOf(actor);
  const rows = await keepVisible(
    context,
    actor,
    await listOpenReferrals(context.db, reachOf(actor)),
    ({ leadId }) => leadId,
  );
  const received = (row: (typeof rows)[number]) => row.toBody !== null && own.includes(row.toBody);
  const count = (some: typeof rows) => ({
    waitingReceipt: some.filter((row) => referralStateOf(row) === 'waiting-receipt').length,
    waitingFeedback: some.filter((row) => referralStateOf(row) === 'waiting-feedback').length,
    overdue: some.filter((row) => isUnanswered(row, today)).length,
  });
  return {
    out: count(rows.filter((row) => !received(row))),
    in: count(rows.filter(received)),
  };
}

/** The letters of one lead, the last one first. */
export async function describeReferrals({ db }: Context, { lead, day }: LeadCase) {
  const letters = await listReferralsOf(db, lead.id);
  return letters.map((letter) => ({
    id: letter.id,
    number: letter.number,
    sentOn: letter.sentOn,
    state: referralStateOf(letter),
    remindOn: letter.remindOn,
    reminders: letter.reminders,
    overdue: isUnanswered(letter, day),
  }));
}

function requireReader(actor: Actor): void {
  const roles = actor.posts.map((post) => post.role);
  if (!hasCapability(roles, 'leads.read')) throw new CodedError('not-allowed');
}

function ownBodiesOf(actor: Actor): string[] {
  return [...new Set(actor.posts.map((post) => post.bodyCode))];
}

/** One more than a page, where there are as many. */
async function readVisible(
  context: Context,
  actor: Actor,
  filter: ReferralFilter,
  start: ReferralCursor | null,
): Promise<Candidate[]> {
  const reach = reachOf(actor);
  const limit = PAGE_SIZE * 4;
  const found: Candidate[] = [];
  let after = start;
  while (found.length <= PAGE_SIZE) {
    const rows = await listReferralCandidates(context.db, reach, filter, { after, limit });
    found.push(...(await keepVisible(context, actor, rows, ({ referral }) => referral.leadId)));
    after = rows.at(-1)?.referral ?? null;
    if (rows.length < limit) break;
  }
  return found;
}

async function keepVisible<T>(
  context: Context,
  actor: Actor,
  rows: T[],
  leadIdOf: (row: T) => string,
): Promise<T[]> {
  const leads = [...new Set(rows.map(leadIdOf))].map((id) => ({ id }));
  const visible = await withoutExcluded(context, actor, leads);
  const ids = new Set(visible.map(({ id }) => id));
  return rows.filter((row) => ids.has(leadIdOf(row)));
}

function describe(
  { referral, reference, secrecy }: Candidate,
  names: Map<string, string>,
  today: string,
) {
  const { id, number, fromBody, toBody, sentOn, receivedOn, returnedOn, feedbackOn } = referral;
  return {
    id,
    number,
    reference,
    sealed: secrecy === 'sealed',
    fromName: names.get(fromBody) ?? fromBody,
    /** Null: outside the portal; the name is sealed. */
    toName: toBody ? (names.get(toBody) ?? toBody) : null,
    sentOn,
    receivedOn,
    returnedOn,
    feedbackOn,
    remindOn: referral.remindOn,
    reminders: referral.reminders,
    state: referralStateOf(referral),
    overdue: isUnanswered(referral, today),
  };
}

function readCursor(after: string | undefined): ReferralCursor | null {
  if (after === undefined) return null;
  const [remindOn, number] = after.split('_');
  if (!remindOn || !number) throw new CodedError('invalid-input', { after: '没有这一页' });
  return { remindOn, number };
}
