import { findCurrentEpoch } from '#db/queries/complaints.ts';
import type { LeadRow } from '#db/queries/complaints.ts';
import { findLastEventSeq, insertEvent } from '#db/queries/lead-events.ts';
import type { LeadEvent } from '#db/queries/lead-events.ts';
import type { Reader, Tx } from '#db/store.ts';
import { sealJson } from '#sealing/age.ts';
import { findAnswering } from './lead-family.ts';

/** What the reporter of a merged lead writes, on its way to those who work on the one that answers. */
type TakeIn = Pick<LeadEvent, 'leadId' | 'fromState' | 'toState' | 'epoch' | 'sealed'>;

/** Null where the lead answers for itself. */
export async function prepareTakeIn(
  db: Reader,
  lead: LeadRow,
  text: string,
): Promise<TakeIn | null> {
  const answering = await findAnswering(db, lead);
  if (answering.id === lead.id) return null;
  const told = { lead: lead.reference, materials: text };
  return {
    leadId: answering.id,
    fromState: answering.state,
    toState: answering.state,
    epoch: await findCurrentEpoch(db, answering.id),
    sealed: await sealJson([answering.contentRecipient], told),
  };
}

export async function writeTakeIn(tx: Tx, takeIn: TakeIn, onDate: string): Promise<void> {
  await insertEvent(tx, {
    ...takeIn,
    seq: (await findLastEventSeq(tx, takeIn.leadId)) + 1,
    event: 'take-in',
    onDate,
    personId: null,
    bodyCode: null,
    status: 'done',
  });
}
