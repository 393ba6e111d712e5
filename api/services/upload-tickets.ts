import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { sumUnproved } from '#db/queries/evidence.ts';
import { EVIDENCE_WORDS } from '#rules/evidence.ts';
import { UNPROVED } from '#rules/intake-load.ts';
import { carry, openCarried } from './complaint-drafts.ts';
import { readFreeSpace } from './disk-space.ts';
import type { Proof } from './proofs.ts';
import { countHeldBytes } from './upload-holds.ts';

/**
 * What pays for files where no proof can be solved (a page without JavaScript): the page carries a ticket that
 * is good once, from a moment after it was made. Tickets cost nothing: what files on them may hold of the disk is
 * bounded, and they wait for hours instead of a day.
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
  await refuseWhereCrowded(context);
  return { nonce, expiresAt: until };
}

/** Throws `storage-full` where files without a proof hold what they may, those on their way included. */
export async function refuseWhereCrowded({ config, db }: Context): Promise<void> {
  const held = (await sumUnproved(db)) + countHeldBytes(db);
  const { share } = await readFreeSpace(config.dataDir);
  if (held >= UNPROVED.waitingBytes || share < UNPROVED.freeShare) {
    throw new CodedError('storage-full', {}, EVIDENCE_WORDS.full);
  }
}
