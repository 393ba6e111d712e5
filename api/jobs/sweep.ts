import type { Context } from '#api/context.ts';
import { deleteExpiredProofs } from '#db/queries/used-proofs.ts';
import { sweepEvidence } from '#services/evidence-sweep.ts';
import { destroyOldUploads } from '#services/expired-uploads.ts';
import { lapseSpam } from '#services/lapse-spam.ts';
import { forgetFormerCodes } from '#services/former-codes.ts';
import { recomputeStale } from '#services/recompute-deadlines.ts';

/**
 * Throws away what has had its time: undecided spreadsheets, proofs that were used, spam, files nobody refers to. Computes anew what still
 * rests on a calendar that has been replaced, by a new version of the portal too.
 */
export async function sweep(context: Context) {
  const uploads = await destroyOldUploads(context);
  const proofs = await context.db.transaction((tx) => deleteExpiredProofs(tx, context.now()));
  const codes = await forgetFormerCodes(context);
  const deadlines = await recomputeStale(context);
  const spam = await lapseSpam(context);
  // Last: what was erased just now leaves its files behind.
  const files = await sweepEvidence(context);
  return { uploads, proofs, codes, deadlines, spam, files };
}
