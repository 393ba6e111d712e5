import { Cron } from 'croner';
import type { Context } from '#api/context.ts';
import { lapseQuestions } from '#services/lapse-questions.ts';
import { sweep } from './sweep.ts';

/** Timed work, Asia/Shanghai. A job never runs beside itself, and one that fails is tried next time. */
const JOBS = [
  { name: 'sweep', pattern: '17 * * * *', run: sweep },
  { name: 'lapse-questions', pattern: '7 0 * * *', run: lapseQuestions },
] as const;

/** Starts the timers; the answer stops them and waits for what is running. */
export function startJobs(context: Context): () => Promise<void> {
  const running = new Set<Promise<void>>();
  const timers = JOBS.map(
    ({ name, pattern, run }) =>
      new Cron(pattern, { timezone: 'Asia/Shanghai', protect: true, unref: true }, async () => {
        const work = run(context)
          .then(() => undefined)
          .catch((error: unknown) => {
            // The name only: a message may carry data.
            console.error(`job ${name} failed: ${error instanceof Error ? error.name : 'unknown'}`);
          });
        running.add(work);
        await work;
        running.delete(work);
      }),
  );
  return async function stopJobs() {
    for (const timer of timers) timer.stop();
    await Promise.all(running);
  };
}
