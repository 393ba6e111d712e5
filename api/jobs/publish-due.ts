import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { publishDue } from '#publishing/publish-due.ts';

/** Publishes what time has made due; where a publication runs, the next minute will do. */
export async function publishWhenDue(context: Context): Promise<void> {
  try {
    await publishDue(context);
  } catch (error) {
    if (!(error instanceof CodedError && error.code === 'publication-running')) throw error;
  }
}
