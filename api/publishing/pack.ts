import { mkdirSync, renameSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { writeStaged } from './disk.ts';
import { VARIANTS } from './live-tree.ts';

/** Node's default brotli quality (11) takes fifty times as long for six percent. */
const BROTLI_QUALITY = 5;
/** For what fits into it: as small as with a larger one, a tenth faster. */
const SMALL_WINDOW = 16;
const GZIP_LEVEL = 9;
const TEXT = new Set([
  '.html',
  '.css',
  '.csv',
  '.js',
  '.mjs',
  '.svg',
  '.json',
  '.txt',
  '.xml',
  '.map',
]);

/** Writes a file below `folder` and, where it is text, its `.br` and `.gz`. Blocks the thread meanwhile. */
export function packFile(folder: string, file: string, data: Uint8Array): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeMoved(folder, file, data);
  if (!TEXT.has(extname(file))) return;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    ...(data.length < 2 ** SMALL_WINDOW && { [constants.BROTLI_PARAM_LGWIN]: SMALL_WINDOW }),
    [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
  };
  writeMoved(folder, `${file}.br`, brotliCompressSync(data, { params }));
  writeMoved(folder, `${file}.gz`, gzipSync(data, { level: GZIP_LEVEL }));
}

/** Every path that packing these files writes. */
export function listPacked(folder: string, files: readonly string[]): string[] {
  const texts = files.filter((file) => TEXT.has(extname(file)));
  const variants = texts.flatMap((file) => VARIANTS.map((variant) => file + variant));
  return [...files, ...variants].map((file) => join(folder, file));
}

/**
 * Writes a file below `folder`, made where this thread makes all of them and then moved: a file system looks for
 * room anew for what is made in a new folder, and each page has a folder of its own (ext4: three times the
 * processor time, five times the wait). Threads that made files in one folder would wait for each other.
 */
export function writeMoved(folder: string, file: string, data: Uint8Array): void {
  const made = join(folder, `.made-${threadId}`, 'file');
  writeStaged(made, data);
  renameSync(made, join(folder, file));
}
