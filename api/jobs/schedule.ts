import { Cron } from 'croner';
import type { Context } from '#api/context.ts';
import { publishWhenDue } from '#publishing/publish-due.ts';
import { TIMED_JOBS } from '#rules/timed-jobs.ts';
import type { TimedJobName } from '#rules/timed-jobs.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { checkAuditChain } from '#services/audit-chain.ts';
import { lapseQuestions } from '#services/lapse-questions.ts';
import { recordJobRun } from '#services/job-runs.ts';
import { sendReminders } from '#services/reminders.ts';
import { countAndTell } from './count-months.ts';
import { sweep } from './sweep.ts';

/** A job never runs beside itself, and one that fails is tried next time. When: rules/timed-jobs. */
const RUN: Record<TimedJobName, (context: Context) => Promise<unknown>> = {
  sweep,
  'lapse-questions': lapseQuestions,
  'publish-due': publishWhenDue,
  'count-months': countAndTell,
  remind: sendReminders,
  'verify-audit': checkAuditChain,
};

/** Starts the timers; the answer stops them and waits for what is running. */
export function startJobs(context: Context): () => Promise<void> {
  const running = new Set<Promise<void>>();
  const timers = codesOf(TIMED_JOBS).map((name) => {
    const { pattern, atStart } = TIMED_JOBS[name];
    const options = { timezone: 'Asia/Shanghai', protect: true, unref: true };
    const timer = new Cron(pattern, options, async () => {
      const work = recordJobRun(context, name, () => RUN[name](context))
        .then(() => undefined)
        .catch((error: unknown) => {
          // The name only: a message may carry data.
          console.error(`job ${name} failed: ${error instanceof Error ? error.name : 'unknown'}`);
        });
      running.add(work);
      await work;
      running.delete(work);
    });
    if (atStart) void timer.trigger();
    return timer;
  });
  return async function stopJobs() {
    for (const timer of timers) timer.stop();
    await Promise.all(running);
  };
}
