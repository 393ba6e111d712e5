import { CodedError } from '#api/errors.ts';
import { deleteSealedParts, insertTombstone } from '#db/queries/erasures.ts';
import { updateLeadInState } from '#db/queries/leads.ts';
import type { Lead } from '#db/queries/leads.ts';
import type { Tx } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import type { ErasureReason } from '#rules/erasure.ts';
import { STATES } from '#rules/lifecycle-states.ts';
import type { State } from '#rules/lifecycle-states.ts';
import type { Secrets } from '#sealing/secrets.ts';
import { appendAudit } from './audit.ts';

/**
 * Erases what a lead says, in the caller's transaction: text, names, contact, messages, files, reasons and
 * every key to them (the sweep removes what then lies on the disk unnamed); its query code opens nothing any more. What stays is what ledgers count (codes and dates),
 * a tombstone, and its exclusions: the entries of the audit log outlive it and must stay as hidden as
 * it was. Throws `state-changed` where it is not in that state, `not-now` where something is still due.
 */
export async function eraseLead(
  tx: Tx,
  secrets: Secrets,
  now: number,
  erasure: {
    lead: Pick<Lead, 'id' | 'state'>;
    reason: ErasureReason;
    /** Null: its time had run out. */
    personId: string | null;
  },
): Promise<void> {
  const { lead, reason, personId } = erasure;
  if (!STATES[lead.state as State].final) throw new CodedError('not-now');
  const emptied = await updateLeadInState(tx, lead.id, lead.state, {
    sealedContent: Buffer.alloc(0),
    sealedReporter: null,
    dueOn: null,
    lookup: `erased:${lead.id}`,
    codeRecipient: '',
    sameness: '',
  });
  if (!emptied) throw new CodedError('state-changed');
  await deleteSealedParts(tx, lead.id);
  const onDate = civilDateOf(now);
  await insertTombstone(tx, { kind: 'lead', subjectId: lead.id, reason, personId, onDate });
  await appendAudit(tx, secrets, now, {
    action: 'lead.erase',
    subjectKind: 'lead',
    subjectId: lead.id,
    personId,
    fields: { reason },
  });
}
