import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import { isMissing, readIfThere, sha256 } from '#publishing/disk.ts';
import { LIVE_FILE, NOINDEX_FILE, pageFile } from '#publishing/paths.ts';
import { BrokenChainError } from './verify.ts';

const VARIANTS = [
  { suffix: '.br', unpack: promisify(brotliDecompress) },
  { suffix: '.gz', unpack: promisify(gunzip) },
];

/**
 * Compares the live pages with the manifests: each page's bytes and those of its compressed variants, and no
 * file that no manifest knows. Nothing to compare where the site is not there (after a restore it is made by the
 * next publication). Throws BrokenChainError.
 */
export async function verifyPages(
  site: string,
  pages: ReadonlyMap<string, string>,
  seq: number,
): Promise<void> {
  const live = await readIfThere(join(site, LIVE_FILE));
  if (!live) return;
  const known = new Set([LIVE_FILE, NOINDEX_FILE, ...readAssets(live, seq)]);
  for (const [path, expected] of pages) {
    const file = pageFile(path);
    known.add(file);
    const data = await readIfThere(join(site, file));
    if (!data || sha256(data) !== expected) {
      throw new BrokenChainError(seq, `page ${path} is missing or was changed`);
    }
    for (const { suffix, unpack } of VARIANTS) {
      const packed = await readIfThere(join(site, file + suffix));
      const same = packed && (await unpack(packed).catch(() => null))?.equals(data);
      if (packed && !same) throw new BrokenChainError(seq, `${file}${suffix} is not its page`);
    }
  }
  await refuseUnknown(site, seq, (file) => known.has(file.replace(/\.(br|gz)$/, '')));
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

function readAssets(live: Buffer, seq: number): string[] {
  try {
    return (JSON.parse(live.toString('utf8')) as { assets: string[] }).assets;
  } catch {
    throw new BrokenChainError(seq, `${LIVE_FILE} cannot be read`);
  }
}
