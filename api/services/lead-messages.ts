import type { MessageRow } from '#db/queries/complaints.ts';
import type { Lead } from '#db/queries/leads.ts';
import type { Reader } from '#db/store.ts';
import type { LeadChange } from './lead-change.ts';
import { listMergedReporters } from './lead-family.ts';
import { sealMessage } from './lead-keys.ts';

/** What was said on the lead that answers, sealed to the reporter of a merged one alone. */
export const ANSWERED_ELSEWHERE = 0;

export type SealedMessage = Omit<MessageRow, 'seq'>;

/**
 * The messages of a step, sealed: to the lead and its reporter, and each reply also to every reporter whose
 * lead was merged into it. Their own staff need not be those who may read it.
 */
export async function sealMessages(
  db: Reader,
  lead: Lead,
  change: LeadChange,
  onDate: string,
): Promise<SealedMessage[]> {
  if (change.messages.length === 0) return [];
  const { contentRecipient, epoch } = change;
  const merged = await listMergedReporters(db, lead.id);
  const sealed = change.messages.map(async ({ kind, text }) => {
    const copied = kind === 'reply' ? merged : [];
    const own = await sealMessage({ ...lead, contentRecipient }, text);
    const copies = copied.map(async ({ id, codeRecipient }) => ({
      leadId: id,
      kind,
      onDate,
      epoch: ANSWERED_ELSEWHERE,
      sealed: await sealMessage({ contentRecipient: null, codeRecipient }, text),
    }));
    return [{ leadId: lead.id, kind, onDate, epoch, sealed: own }, ...(await Promise.all(copies))];
  });
  return (await Promise.all(sealed)).flat();
}
