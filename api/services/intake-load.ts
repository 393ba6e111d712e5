import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Context } from '#api/context.ts';
import type { Store } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { LOAD_WINDOW_MS, PACE_WINDOW_MS, waitAfter } from '#rules/intake-load.ts';
import type { Pace } from '#rules/intake-load.ts';

/**
 * What came in lately, in memory only. Sources are keyed hashes under a salt that is thrown away with the day;
 * no address is kept, logged or written.
 */
type Load = {
  day: string;
  salt: Buffer;
  challenges: number[];
  sources: Map<string, number[]>;
};

const loads = new WeakMap<Store, Load>();
/** Beyond it the oldest are forgotten: memory does not grow with the number of sources. */
const MOST_SOURCES = 10_000;
const MOST_TIMES = 5_000;

function loadOf({ db, now }: Context): Load {
  const day = civilDateOf(now());
  const found = loads.get(db);
  if (found?.day === day) return found;
  const load: Load = {
    day,
    salt: randomBytes(32),
    challenges: found?.challenges ?? [],
    sources: new Map(),
  };
  loads.set(db, load);
  return load;
}

/** Counts a challenge that is asked for; answers how many there were within the window. */
export function countChallenge(context: Context): number {
  const { challenges } = loadOf(context);
  note(challenges, context.now(), LOAD_WINDOW_MS);
  return challenges.length;
}

/**
 * Lets one more of a source through, later the more there were. `source` is whatever tells visitors apart (an
 * address); without one all share a pace.
 */
export async function keepPace(context: Context, pace: Pace, source: string | null): Promise<void> {
  const { salt, sources } = loadOf(context);
  const key = createHmac('sha256', salt)
    .update(`${pace}:${source ?? ''}`)
    .digest('hex');
  const times = sources.get(key) ?? [];
  const wait = waitAfter(pace, countSince(times, context.now() - PACE_WINDOW_MS));
  note(times, context.now(), PACE_WINDOW_MS);
  sources.delete(key);
  sources.set(key, times);
  if (sources.size > MOST_SOURCES) sources.delete(sources.keys().next().value ?? '');
  if (wait > 0) await setTimeout(wait);
}

function countSince(times: readonly number[], since: number): number {
  return times.filter((time) => time > since).length;
}

function note(times: number[], now: number, windowMs: number): void {
  while ((times[0] ?? now) <= now - windowMs || times.length >= MOST_TIMES) times.shift();
  times.push(now);
}
