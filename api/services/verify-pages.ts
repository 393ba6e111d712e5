import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import { isMissing, readIfThere, sha256 } from '#publishing/disk.ts';
import type { LiveState } from '#publishing/live-tree.ts';
import { LIVE_FILE, NOINDEX_FILE, pageFile } from '#publishing/paths.ts';
import type { SiteBuild } from '#publishing/site-build.ts';
import { BrokenChainError } from './verify.ts';

const VARIANTS = [
  { suffix: '.br', unpack: promisify(brotliDecompress) },
  { suffix: '.gz', unpack: promisify(gunzip) },
];

/** The site as it was built; null where that is unknown, and styles and scripts cannot be compared. */
export type KnownBuild = Pick<SiteBuild, 'id' | 'assets'> | null;

/**
 * Compares the live pages with the manifests, and styles and scripts with the build they come from: the bytes of each
 * and of its compressed variants, and no file that nothing accounts for. Nothing to compare where the site is
 * not there (after a restore it is made by the next publication). Throws BrokenChainError.
 */
export async function verifyPages(
  site: string,
  pages: ReadonlyMap<string, string>,
  seq: number,
  build: KnownBuild = null,
): Promise<void> {
  const state = await readIfThere(join(site, LIVE_FILE));
  if (!state) return refuseUnknown(site, seq, () => false);
  const live = readLive(state, seq);
  const assets = live.buildId === build?.id ? build.assets : null;
  const known = new Set([LIVE_FILE, NOINDEX_FILE, ...(assets?.keys() ?? live.assets)]);
  for (const [path, expected] of pages) {
    const file = pageFile(path);
    known.add(file);
    await compareFile(site, file, seq, {
      what: `page ${path}`,
      isSame: (data) => sha256(data) === expected,
    });
  }
  for (const [file, expected] of assets ?? []) {
    await compareFile(site, file, seq, { what: file, isSame: (data) => data.equals(expected) });
  }
  await refuseUnknown(site, seq, (file) => known.has(file.replace(/\.(br|gz)$/, '')));
}

async function compareFile(
  site: string,
  file: string,
  seq: number,
  { what, isSame }: { what: string; isSame: (data: Buffer) => boolean },
): Promise<void> {
  const data = await readIfThere(join(site, file));
  if (!data || !isSame(data)) {
    throw new BrokenChainError(seq, `${what} is missing or was changed`);
  }
  for (const { suffix, unpack } of VARIANTS) {
    const packed = await readIfThere(join(site, file + suffix));
    const same = packed && (await unpack(packed).catch(() => null))?.equals(data);
    if (packed && !same) throw new BrokenChainError(seq, `${file}${suffix} is not its page`);
  }
}

/** Throws where a folder holds a file that nothing accounts for. */
export async function refuseUnknown(
  folder: string,
  seq: number,
  isKnown: (file: string) => boolean,
): Promise<void> {
  for (const file of await listFiles(folder)) {
    if (!isKnown(file)) throw new BrokenChainError(seq, `${file} is in no manifest`);
  }
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function readLive(live: Buffer, seq: number): Pick<LiveState, 'buildId' | 'assets'> {
  try {
    return JSON.parse(live.toString('utf8')) as LiveState;
  } catch {
    throw new BrokenChainError(seq, `${LIVE_FILE} cannot be read`);
  }
}
