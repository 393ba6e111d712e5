import type { Context } from '#api/context.ts';
import { finishJobRun, startJobRun } from '#db/queries/job-runs.ts';

/**
 * Runs timed work and notes when it began, when it ended and how. What it throws is thrown on. The note is for
 * the health page: where it cannot be written the work is done all the same.
 */
export async function recordJobRun<T>(
  { db, now }: Pick<Context, 'db' | 'now'>,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const startedAt = now();
  await db.transaction((tx) => startJobRun(tx, name, startedAt)).catch(() => undefined);
  async function finish(outcome: 'done' | 'failed') {
    const end = { finishedAt: now(), outcome };
    await db.transaction((tx) => finishJobRun(tx, { name, startedAt }, end)).catch(() => undefined);
  }
  try {
    const result = await work();
    await finish('done');
    return result;
  } catch (error) {
    await finish('failed');
    throw error;
  }
}
