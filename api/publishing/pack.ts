import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { isMissing } from './disk.ts';
import { VARIANTS } from './live-tree.ts';

/** Node's default brotli quality (11) takes fifty times as long for six percent. */
const BROTLI_QUALITY = 5;
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
  writeWithFolder(join(folder, file), data);
  if (!TEXT.has(extname(file))) return;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
  };
  writeFileSync(join(folder, `${file}.br`), brotliCompressSync(data, { params }));
  writeFileSync(join(folder, `${file}.gz`), gzipSync(data, { level: GZIP_LEVEL }));
}

/** Every path that packing these files writes. */
export function listPacked(folder: string, files: readonly string[]): string[] {
  const texts = files.filter((file) => TEXT.has(extname(file)));
  const variants = texts.flatMap((file) => VARIANTS.map((variant) => file + variant));
  return [...files, ...variants].map((file) => join(folder, file));
}

function writeWithFolder(file: string, data: Uint8Array): void {
  try {
    writeFileSync(file, data);
  } catch (error) {
    if (!isMissing(error)) throw error;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, data);
  }
}
