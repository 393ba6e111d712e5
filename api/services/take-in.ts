import { findCurrentEpoch } from '#db/queries/complaints.ts';
import type { LeadRow } from '#db/queries/complaints.ts';
import { insertEvidence } from '#db/queries/evidence.ts';
import type { NewEvidence } from '#db/queries/evidence.ts';
import { findLastEventSeq, insertEvent } from '#db/queries/lead-events.ts';
import type { LeadEvent } from '#db/queries/lead-events.ts';
import type { Reader, Tx } from '#db/store.ts';
import { sealJson } from '#sealing/age.ts';
import { sealEvidence } from './evidence.ts';
import type { WaitingFile } from './evidence.ts';
import { findAnswering } from './lead-family.ts';

/** What the reporter of a merged lead writes, on its way to those who work on the one that answers. */
type TakeIn = {
  event: Pick<LeadEvent, 'leadId' | 'fromState' | 'toState' | 'epoch' | 'sealed'>;
  evidence: NewEvidence[];
};

/** Null where the lead answers for itself. */
export async function prepareTakeIn(
  db: Reader,
  lead: LeadRow,
  text: string,
  { files, onDate }: { files: WaitingFile[]; onDate: string },
): Promise<TakeIn | null> {
  const answering = await findAnswering(db, lead);
  if (answering.id === lead.id) return null;
  const told = { lead: lead.reference, materials: text };
  const { contentRecipient } = answering;
  const epoch = await findCurrentEpoch(db, answering.id);
  const at = { origin: 'supplement', onDate } as const;
  const { files: evidence } = await sealEvidence(files, { contentRecipient, epoch }, at);
  const event = {
    leadId: answering.id,
    fromState: answering.state,
    toState: answering.state,
    epoch,
    sealed: await sealJson([contentRecipient], told),
  };
  return { event, evidence };
}

export async function writeTakeIn(
  tx: Tx,
  { event, evidence }: TakeIn,
  onDate: string,
): Promise<void> {
  await insertEvent(tx, {
    ...event,
    seq: (await findLastEventSeq(tx, event.leadId)) + 1,
    event: 'take-in',
    onDate,
    personId: null,
    bodyCode: null,
    status: 'done',
  });
  await insertEvidence(tx, event.leadId, evidence);
}
