import { randomInt } from 'node:crypto';
import { CodedError } from '#api/errors.ts';
import {
  clearReferralCounts,
  insertReferral,
  takeLetterNumber,
  updateOpenReferral,
} from '#db/queries/referrals.ts';
import type { Referral } from '#db/queries/referrals.ts';
import type { Tx } from '#db/store.ts';
import { formatLetterNumber } from '#rules/referral.ts';

/** What a step does to the letters of its lead. */
export type ReferralChange =
  | { kind: 'send'; row: Omit<Referral, 'number'>; word: string }
  | { kind: 'answer'; id: string; set: Parameters<typeof updateOpenReferral>[2] }
  | { kind: 'forget-counts' };

/**
 * Some numbers are left out, at random: that one is missing in a list tells nobody of a letter that is kept
 * from them.
 */
const LARGEST_STEP = 3;

/**
 * Writes it within the step's transaction: a step that is refused or comes too late uses no number.
 * Throws `state-changed`.
 */
export async function writeReferral(
  tx: Tx,
  leadId: string,
  change: ReferralChange | null,
): Promise<void> {
  if (!change) return;
  switch (change.kind) {
    case 'send': {
      const { row, word } = change;
      const year = Number(row.sentOn.slice(0, 4));
      const step = randomInt(1, LARGEST_STEP + 1);
      const number = await takeLetterNumber(tx, row.fromBody, year, step);
      await insertReferral(tx, { ...row, number: formatLetterNumber(word, year, number) });
      return;
    }
    case 'answer':
      if (!(await updateOpenReferral(tx, change.id, change.set))) {
        throw new CodedError('state-changed');
      }
      return;
    case 'forget-counts':
      await clearReferralCounts(tx, leadId);
  }
}
