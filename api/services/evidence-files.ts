import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { filterKnownFiles } from '#db/queries/evidence.ts';
import type { Store } from '#db/store.ts';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { openPieces } from '#sealing/age.ts';

/** Sealed files as they lie below DATA_DIR; one that is still arriving has another ending. */
export const EVIDENCE_FOLDER = 'evidence';
export const PART = '.part';
const ENDING = '.age';
const PAGE = 500;
/** Pieces are handed on as they are opened. */
const BYTES = { objectMode: false, highWaterMark: 64 * 1024 };

/** Files that arrive in this process and are in no table yet. */
const arriving = new WeakMap<Store, Set<string>>();

export function arrivingFiles(db: Store): Set<string> {
  const files = arriving.get(db) ?? new Set<string>();
  arriving.set(db, files);
  return files;
}

export function evidencePath(dataDir: string, fileId: string): string {
  return join(dataDir, EVIDENCE_FOLDER, `${fileId}${ENDING}`);
}

export async function makeEvidenceFolder(dataDir: string): Promise<void> {
  await mkdir(join(dataDir, EVIDENCE_FOLDER), { recursive: true, mode: 0o700 });
}

/** Gives a file that has arrived whole its name, on the disk for good, and the date of the day as its only time. */
export async function keepFile(
  { config, now }: Pick<Context, 'config' | 'now'>,
  fileId: string,
): Promise<void> {
  const path = evidencePath(config.dataDir, fileId);
  const file = await open(`${path}${PART}`, 'r+');
  try {
    const day = new Date(`${civilDateOf(now())}T00:00:00+08:00`);
    await file.utimes(day, day);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}${PART}`, path);
  const folder = await open(join(config.dataDir, EVIDENCE_FOLDER), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export async function dropFile(dataDir: string, fileId: string): Promise<void> {
  const path = evidencePath(dataDir, fileId);
  await rm(`${path}${PART}`, { force: true });
  await rm(path, { force: true });
}

/**
 * The clear text of a file; the stream fails before its end where the file was changed. Throws
 * `evidence-lost` where there is nothing to open.
 */
export async function openFile(
  dataDir: string,
  fileId: string,
  identity: string,
): Promise<ReadableStream<Uint8Array>> {
  const sealed = createReadStream(evidencePath(dataDir, fileId));
  try {
    return Readable.toWeb(Readable.from(await openPieces(identity, sealed), BYTES));
  } catch {
    sealed.destroy();
    throw new CodedError('evidence-lost');
  }
}

/** Removes what nothing refers to: parts of uploads that were cut off, files of slots and leads that are gone. */
export async function sweepFiles({ db, config }: Context): Promise<number> {
  const folder = join(config.dataDir, EVIDENCE_FOLDER);
  const names = await readdir(folder).catch((): string[] => []);
  let removed = 0;
  for (let from = 0; from < names.length; from += PAGE) {
    const page = names.slice(from, from + PAGE);
    // What is arriving is asked first: a file is in a table before it stops arriving.
    const busy = new Set(arrivingFiles(db));
    const known = await filterKnownFiles(db, page.map(idOf));
    for (const name of page) {
      const fileId = idOf(name);
      const isKept = busy.has(fileId) || (known.has(fileId) && !name.endsWith(PART));
      if (isKept) continue;
      await rm(join(folder, name), { force: true });
      removed += 1;
    }
  }
  return removed;
}

function idOf(name: string): string {
  return name.replace(/\.age(\.part)?$/, '');
}
