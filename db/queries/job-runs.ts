import { and, asc, eq } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type JobRun = Schema['jobRun']['$inferSelect'];

/** Notes that a timed job began; what is known of its run before is forgotten. */
export async function startJobRun(tx: Tx, name: string, startedAt: number): Promise<void> {
  const begun = { startedAt, finishedAt: null, outcome: 'running' as const };
  await tx
    .insert(tx.t.jobRun)
    .values({ name, ...begun })
    .onConflictDoUpdate({ target: tx.t.jobRun.name, set: begun });
}

/** Closes the run that began then; false where another one has begun since. */
export async function finishJobRun(
  tx: Tx,
  { name, startedAt }: Pick<JobRun, 'name' | 'startedAt'>,
  end: { finishedAt: number; outcome: 'done' | 'failed' },
): Promise<boolean> {
  const { jobRun } = tx.t;
  const closed = await tx
    .update(jobRun)
    .set(end)
    .where(and(eq(jobRun.name, name), eq(jobRun.startedAt, startedAt)))
    .returning({ name: jobRun.name });
  return closed.length === 1;
}

/** The last run of each timed job that ever ran. */
export async function listJobRuns(db: Reader): Promise<JobRun[]> {
  return db.select().from(db.t.jobRun).orderBy(asc(db.t.jobRun.name));
}

export async function readJobRun(db: Reader, name: string): Promise<JobRun | null> {
  const [found] = await db.select().from(db.t.jobRun).where(eq(db.t.jobRun.name, name));
  return found ?? null;
}
