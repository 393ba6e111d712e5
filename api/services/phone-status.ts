import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { findLeadByReference, findReachableLead } from '#db/queries/leads.ts';
import { readPublicStatus } from './follow-up.ts';
import { reachOf } from './lead-access.ts';
import { postsWith } from './list-access.ts';
import { withoutExcluded } from './without-excluded.ts';

/**
 * What a caller with a reference number may be told: the public status and the dates. Throws `not-found`, also for
 * who is excluded from the lead, and for a sealed one that is not on a desk of theirs.
 */
export async function readPhoneStatus(context: Context, actor: Actor, reference: string) {
  const { db } = context;
  // Who takes calls down also answers them.
  if (postsWith(actor, ['leads.register']).length === 0) throw new CodedError('not-allowed');
  const lead = await findLeadByReference(db, reference);
  const reachable = await findReachableLead(db, reachOf(actor), reference);
  if (!lead || (lead.secrecy === 'sealed' && !reachable)) throw new CodedError('not-found');
  const [visible] = await withoutExcluded(context, actor, [lead]);
  if (!visible) throw new CodedError('not-found');
  return readPublicStatus(db, visible);
}
