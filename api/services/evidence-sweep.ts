import type { Context } from '#api/context.ts';
import { deleteExpiredUploads } from '#db/queries/evidence.ts';
import { sweepFiles } from './evidence-files.ts';

/** Throws away slots that no complaint took in time, and every file that nothing refers to. */
export async function sweepEvidence(context: Context): Promise<{ slots: number; files: number }> {
  const slots = await context.db.transaction((tx) => deleteExpiredUploads(tx, context.now()));
  return { slots, files: await sweepFiles(context) };
}
