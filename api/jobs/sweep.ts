import type { Context } from '#api/context.ts';
import { deleteExpiredProofs } from '#db/queries/used-proofs.ts';
import { destroyOldUploads } from '#services/expired-uploads.ts';

/** Throws away what has had its time: undecided spreadsheets and proofs that were used. */
export async function sweep(context: Context): Promise<{ uploads: number; proofs: number }> {
  const uploads = await destroyOldUploads(context);
  const proofs = await context.db.transaction((tx) => deleteExpiredProofs(tx, context.now()));
  return { uploads, proofs };
}
