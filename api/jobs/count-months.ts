import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { publish } from '#publishing/publish.ts';
import { countMonths } from '#services/count-months.ts';

/** Counts the months that are over and tells of them; where a publication runs, tomorrow's will. */
export async function countAndTell(context: Context): Promise<void> {
  const months = await countMonths(context);
  if (months.length === 0) return;
  try {
    await publish(context, { scope: 'standing' });
  } catch (error) {
    if (!(error instanceof CodedError && error.code === 'publication-running')) throw error;
  }
}
