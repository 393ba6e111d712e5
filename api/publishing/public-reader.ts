import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PUBLIC_FILES } from '#rules/publication.ts';
import type { PublicFile, PublicFileKind, PublicReader } from '#rules/publication.ts';
import { isMissing } from './disk.ts';
import { MANIFEST_FILE } from './paths.ts';

/** Files of which there is one for each place, notice or text: read when asked for, not kept in memory. */
const MANY = new Set<PublicFileKind>(['village', 'text', 'notice']);

function publicPath(kind: PublicFileKind, code = ''): string {
  return PUBLIC_FILES[kind].path(code);
}

/** A hash that changes with the contents of a file, by path and code; null where none is known. */
export type VersionOf = (path: string, code: string) => string | null;

/** The last contents of a file, by path: a change of one village does not read the county again. */
const remembered = new Map<string, { version: string; value: Promise<unknown> }>();
const MOST_REMEMBERED = 4000;

function recall(path: string, version: string | null): Promise<unknown> | undefined {
  const known = remembered.get(path);
  return known && known.version === version ? known.value : undefined;
}

function remember(path: string, version: string, value: Promise<unknown>): void {
  if (remembered.size < MOST_REMEMBERED || remembered.has(path)) {
    remembered.set(path, { version, value });
  }
  value.catch(() => remembered.delete(path));
}

/**
 * Reads public files, each from the first folder that has it; `isRemoved` hides those that the
 * publication being made takes away. Files were checked when they were written. What `versionOf` knows the
 * contents of is parsed once in the life of the process: no reader may change it.
 */
export function createStagedReader(
  folders: readonly string[],
  isRemoved: (path: string) => boolean = () => false,
  versionOf: VersionOf = () => null,
): PublicReader {
  const kept = new Map<string, Promise<unknown>>();
  function readOnce(path: string, code = '') {
    const version = versionOf(path, code);
    const known = recall(path, version) ?? kept.get(path) ?? readFirst(folders, path);
    if (version) remember(path, version, known);
    else kept.set(path, known);
    return known;
  }
  return async function read<K extends PublicFileKind>(kind: K, code?: string) {
    const path = publicPath(kind, code);
    if (isRemoved(path)) return null;
    const value = MANY.has(kind) ? readFirst(folders, path) : readOnce(path, code);
    return (await value) as PublicFile<K> | null;
  };
}

/** Reads a public folder that is live; a new publication is seen at the next call. */
export function createPublicReader(folder: string): PublicReader {
  let seen = '';
  let reader = createStagedReader([folder]);
  return function readLive(kind, code) {
    const stat = statSync(join(folder, MANIFEST_FILE), { throwIfNoEntry: false });
    const version = stat ? `${stat.mtimeMs} ${stat.ino}` : '';
    if (version !== seen) reader = createStagedReader([folder]);
    seen = version;
    return reader(kind, code);
  };
}

/** In place: these files are small and mostly in memory; a trip to a thread and back takes ten times as long. */
async function readFirst(folders: readonly string[], path: string): Promise<unknown> {
  if (path.split('/').some((part) => part.startsWith('.'))) return null;
  for (const folder of folders) {
    try {
      return JSON.parse(readFileSync(join(folder, path), 'utf8'));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  return null;
}
