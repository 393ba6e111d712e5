import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { link, mkdir, readFile, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { isMissing, removeFile } from './disk.ts';
import { publishingPaths } from './paths.ts';
import { CodedError } from '#api/errors.ts';

type Holder = { pid: number; started: string };

/**
 * Runs `work` while nothing else publishes into this DATA_DIR, in this process or another. A lock whose
 * process is gone does not count. Throws `publication-running` where it is held.
 */
export async function holdPublishing<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const paths = publishingPaths(dataDir);
  await mkdir(paths.work, { recursive: true, mode: 0o700 });
  if (!(await take(paths.lock))) {
    if (await isHeld(paths.lock)) throw new CodedError('publication-running');
    await removeFile(paths.lock);
    if (!(await take(paths.lock))) throw new CodedError('publication-running');
  }
  try {
    return await work();
  } finally {
    await removeFile(paths.lock);
  }
}

/** Resolves when this process no longer publishes into DATA_DIR. */
export async function untilPublished(dataDir: string): Promise<void> {
  const { lock } = publishingPaths(dataDir);
  while ((await readHolder(lock))?.pid === process.pid) await setTimeout(50);
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

async function isHeld(file: string): Promise<boolean> {
  const holder = await readHolder(file);
  return holder !== null && isRunning(holder.pid) && startOf(holder.pid) === holder.started;
}

async function readHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return null;
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
