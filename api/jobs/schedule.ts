import { Cron } from 'croner';
import type { Context } from '#api/context.ts';
import { lapseQuestions } from '#services/lapse-questions.ts';
import { publishWhenDue } from './publish-due.ts';
import { sweep } from './sweep.ts';

type Job = {
  name: string;
  pattern: string;
  /** What a stopped server missed cannot wait for the next time. */
  atStart?: boolean;
  run: (context: Context) => Promise<unknown>;
};

/** Timed work, Asia/Shanghai. A job never runs beside itself, and one that fails is tried next time. */
const JOBS: Job[] = [
  { name: 'sweep', pattern: '17 * * * *', run: sweep },
  { name: 'lapse-questions', pattern: '7 0 * * *', atStart: true, run: lapseQuestions },
  { name: 'publish-due', pattern: '* * * * *', atStart: true, run: publishWhenDue },
];

/** Starts the timers; the answer stops them and waits for what is running. */
export function startJobs(context: Context): () => Promise<void> {
  const running = new Set<Promise<void>>();
  const timers = JOBS.map(({ name, pattern, atStart, run }) => {
    const options = { timezone: 'Asia/Shanghai', protect: true, unref: true };
    const timer = new Cron(pattern, options, async () => {
      const work = run(context)
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
