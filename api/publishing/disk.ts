import { execFile } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Above this many files one flush of the file system is cheaper than one per file. */
const FLUSH_ONE_BY_ONE = 200;

export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data);
}

/**
 * Runs `work` for every item, `limit` at a time. The first failure ends it, when what had begun by then is
 * over: nobody writes any more into a folder that is thrown away for it.
 */
export async function forEachLimited<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  const failures: unknown[] = [];
  async function takeTurns() {
    for (let next = queue.next(); !next.done && failures.length === 0; next = queue.next()) {
      await work(next.value).catch((error: unknown) => failures.push(error));
    }
  }
  await Promise.all(Array.from({ length: limit }, takeTurns));
  if (failures.length > 0) throw failures[0];
}

/** The file's text, or null where there is none. */
export async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** No such file, or a name that no file can have. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );
}

/**
 * Writes a file of the staging folder, with the folders it needs; durable only after `flush`. In place: a trip to a
 * thread and back takes ten times as long.
 */
export function writeStaged(file: string, data: string | Uint8Array): void {
  try {
    writeFileSync(file, data);
  } catch (error) {
    if (!isMissing(error)) throw error;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, data);
  }
}

/** Replaces a file so that a crash leaves the old or the new one. */
export async function writeAtomically(file: string, data: string): Promise<void> {
  const part = `${file}.part`;
  writeStaged(part, data);
  await flush([part], dirname(file));
  await rename(part, file);
  await flush([dirname(file)], dirname(file));
}

/** Moves a file into place, making the folder where needed. False where there is nothing to move. */
export async function moveIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  await mkdir(dirname(to), { recursive: true });
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

export function removeFile(file: string): Promise<void> {
  return rm(file, { force: true });
}

/**
 * Removes a folder with all it holds, one file after the other: `rm` hands thousands to the thread pool at
 * once, and the requests that need it wait behind them.
 */
export async function removeFolder(folder: string): Promise<void> {
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      await (entry.isDirectory() ? removeFolder(path) : removeFile(path));
    }
    await rmdir(folder);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** Brings files and folders to the disk; `root` is a folder of the file system they are on. */
export async function flush(paths: readonly string[], root: string): Promise<void> {
  if (paths.length > FLUSH_ONE_BY_ONE && (await flushFileSystem(root))) return;
  await forEachLimited(new Set(paths), 8, flushOne);
}

/** False where the machine has no `sync -f`. */
async function flushFileSystem(root: string): Promise<boolean> {
  try {
    await run('sync', ['-f', root]);
    return true;
  } catch {
    return false;
  }
}

async function flushOne(path: string): Promise<void> {
  let handle;
  try {
    handle = await open(path, 'r');
    await handle.sync();
  } catch (error) {
    if (!isMissing(error)) throw error;
  } finally {
    await handle?.close();
  }
}
