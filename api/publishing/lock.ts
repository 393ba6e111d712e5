import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { link, mkdir, readFile, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { isMissing, removeFile } from './disk.ts';
import { publishingPaths } from './paths.ts';
import { CodedError } from '#api/errors.ts';

const UNREADABLE: Holder = { pid: 0, started: '' };
/** Locks that this process holds or is about to take. */
const ours = new Set<string>();

type Holder = { pid: number; started: string };

/**
 * Runs `work` while nothing else publishes into this DATA_DIR, in this process or another. A lock whose
 * process is gone does not count. Throws `publication-running` where it is held.
 */
export async function holdPublishing<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const paths = publishingPaths(dataDir);
  await mkdir(paths.work, { recursive: true, mode: 0o700 });
  if (ours.has(paths.lock)) throw new CodedError('publication-running');
  ours.add(paths.lock);
  try {
    await takeOrThrow(paths.lock);
    try {
      return await work();
    } finally {
      await removeFile(paths.lock);
    }
  } finally {
    ours.delete(paths.lock);
  }
}

/** Resolves when this process no longer publishes into DATA_DIR. */
export async function untilPublished(dataDir: string): Promise<void> {
  const { lock } = publishingPaths(dataDir);
  while ((await readHolder(lock))?.pid === process.pid) await setTimeout(50);
}

async function takeOrThrow(lock: string): Promise<void> {
  if (await take(lock)) return;
  const holder = await readHolder(lock);
  if (holder && isAlive(holder)) throw new CodedError('publication-running');
  // Whoever held it may have let go meanwhile; then there is nothing to clear away.
  if (holder) await clearAway(lock);
  if (!(await take(lock))) throw new CodedError('publication-running');
}

/**
 * Removes the lock of a process that is gone. One process at a time does, by a lock of its own, and it looks
 * again: what stands there then, nobody else removes, and no living process loses its lock.
 */
async function clearAway(lock: string): Promise<void> {
  const turn = `${lock}.clearing`;
  await takeOrThrow(turn);
  try {
    const holder = await readHolder(lock);
    if (holder && !isAlive(holder)) await removeFile(lock);
  } finally {
    await removeFile(turn);
  }
}

/** The lock appears complete or not at all. */
async function take(file: string): Promise<boolean> {
  const holder: Holder = { pid: process.pid, started: startOf(process.pid) };
  const part = `${file}.${process.pid}.${randomUUID()}`;
  await writeFile(part, JSON.stringify(holder), { mode: 0o600 });
  try {
    await link(part, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await removeFile(part);
  }
}

function isAlive({ pid, started }: Holder): boolean {
  return pid > 0 && isRunning(pid) && startOf(pid) === started;
}

/** Null where there is no lock. */
async function readHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch (error) {
    if (isMissing(error)) return null;
    if (error instanceof SyntaxError) return UNREADABLE;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process started, so that another one with its number is not taken for it; empty if unknown. */
function startOf(pid: number): string {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return '';
  try {
    return readFileSync(file, 'utf8').split(') ')[1]?.split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
