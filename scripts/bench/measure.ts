import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a scenario found out, by name. */
export type Figures = Record<string, number | string | null>;

/** What it took, in time and in work of all threads, and the most memory the process held meanwhile. */
export async function measure<T>(work: () => Promise<T>) {
  let peak = process.memoryUsage.rss();
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  const begun = performance.now();
  const usage = process.cpuUsage();
  const result = await work();
  const ms = Math.round(performance.now() - begun);
  clearInterval(timer);
  const { user, system } = process.cpuUsage(usage);
  const cpuMs = Math.round((user + system) / 1000);
  peak = Math.max(peak, process.memoryUsage.rss());
  return { result, ms, cpuMs, peakMb: Math.round(peak / 2 ** 20) };
}

/** The value below which that share of the values lies; 0 where there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function tell(sentence: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)} ${sentence}`);
}

/**
 * Starts a script of this folder in a process of its own, so that what it takes is not part of the
 * measurement. `stop` asks it to end; `result` is the JSON of its last line.
 */
export function startHelper(script: string, ...args: string[]) {
  const file = fileURLToPath(new URL(script, import.meta.url));
  // What the bench was started with (--cpu-prof) holds for the helper too.
  const argv = [...process.execArgv, file, ...args];
  const child = spawn(process.execPath, argv, { stdio: ['pipe', 'pipe', 'inherit'] });
  let text = '';
  const listLines = () => text.split('\n').filter((line) => line !== '');
  const ready = Promise.withResolvers<void>();
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    // A long line comes in parts.
    text += part;
    if (text.startsWith('ready') || text.includes('\nready')) ready.resolve();
  });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  child.once('close', (code) => {
    if (code === 0) resolve(JSON.parse(listLines().at(-1) ?? 'null'));
    else reject(new Error(`${script} ended with ${code}`));
    ready.reject(new Error(`${script} ended early`));
  });
  ready.promise.catch(() => undefined);
  /** What it printed last, as JSON. */
  const said = () => JSON.parse(listLines().at(-1) ?? 'null') as unknown;
  /** Gives it a line and waits for what it says to that. */
  async function ask() {
    child.stdin.write('\n');
    await once(child.stdout, 'data');
    return said();
  }
  const stop = () => child.stdin.end();
  return { pid: child.pid ?? 0, ready: ready.promise, said, ask, result: promise, stop };
}

/** Keeps a process and its threads on one processor; false where the machine cannot. */
export async function pin(pid: number, processor: number): Promise<boolean> {
  try {
    await run('taskset', ['-acp', String(processor), String(pid)]);
    return true;
  } catch {
    return false;
  }
}
