import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { countUnproved } from '#db/queries/evidence.ts';
import { EVIDENCE_WORDS } from '#rules/evidence.ts';
import { UNPROVED } from '#rules/intake-load.ts';
import { carry, openCarried } from './complaint-drafts.ts';
import { readFreeSpace } from './disk-space.ts';
import type { Proof } from './proofs.ts';
import { countHeldTickets } from './upload-holds.ts';

/**
 * What pays for files where no proof can be solved (a page without JavaScript): the page carries a ticket that
 * is good once, from a moment after it was made. So few files may wait on tickets that they fill no disk.
 */
const Ticket = z.strictObject({ nonce: z.string(), from: z.number(), until: z.number() });

export async function createTicket(context: Context): Promise<string> {
  const now = context.now();
  const ticket: z.infer<typeof Ticket> = {
    nonce: `ticket:${randomBytes(16).toString('hex')}`,
    from: now + UNPROVED.ticketWaitMs,
    until: now + UNPROVED.ticketLifeMs,
  };
  return carry(context, 'upload-ticket', ticket);
}

/** As `verifyProof`, for a ticket. Throws `proof-…`, and `storage-full` where too many files wait already. */
export async function verifyTicket(context: Context, text: string): Promise<Proof> {
  const parsed = Ticket.safeParse(await openCarried(context, 'upload-ticket', text));
  if (!parsed.success) throw new CodedError('proof-expired');
  const { nonce, from, until } = parsed.data;
  if (from > context.now()) throw new CodedError('proof-invalid');
  const waiting = (await countUnproved(context.db)) + countHeldTickets(context.db);
  const isCrowded = waiting >= UNPROVED.waitingFiles;
  const { share } = await readFreeSpace(context.config.dataDir);
  if (isCrowded || share < UNPROVED.freeShare) {
    throw new CodedError('storage-full', {}, EVIDENCE_WORDS.full);
  }
  return { nonce, expiresAt: until };
}
