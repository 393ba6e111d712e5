import { readIfThere, writeAtomically } from './disk.ts';
import type { PublishingPaths } from './paths.ts';

const RETRY_MS = 3_600_000;

/** What timed publishing was refused, so that it does not try the same thing every minute. */
export function rememberRefusals(paths: PublishingPaths, now: number) {
  async function read(): Promise<Record<string, number>> {
    const data = await readIfThere(paths.refused);
    const all = data ? (JSON.parse(data.toString('utf8')) as Record<string, number>) : {};
    const recent = Object.entries(all).filter(([, at]) => now - at < RETRY_MS && at <= now);
    return Object.fromEntries(recent);
  }

  async function has(what: string): Promise<boolean> {
    return what in (await read());
  }

  async function add(what: string): Promise<void> {
    await writeAtomically(paths.refused, JSON.stringify({ ...(await read()), [what]: now }));
  }

  return { has, add };
}
