import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Above this many files one flush of the file system is cheaper than one per file. */
const FLUSH_ONE_BY_ONE = 200;

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Runs `work` for every item, `limit` at a time; the first failure ends it. */
export async function forEachLimited<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  async function takeTurns() {
    for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value);
  }
  await Promise.all(Array.from({ length: limit }, takeTurns));
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

export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** Writes a file of the staging folder, with the folders it needs; durable only after `flush`. */
export async function writeStaged(file: string, data: string | Buffer): Promise<void> {
  try {
    await writeFile(file, data);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, data);
  }
}

/** Replaces a file so that a crash leaves the old or the new one. */
export async function writeAtomically(file: string, data: string): Promise<void> {
  const part = `${file}.part`;
  await writeStaged(part, data);
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
