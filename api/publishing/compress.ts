import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { forEachLimited, writeStaged } from './disk.ts';
import { VARIANTS } from './live-tree.ts';

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);
/** Node's default brotli quality (11) takes fifty times as long for six percent. */
const BROTLI_QUALITY = 5;
const GZIP_LEVEL = 9;
const TEXT = new Set([
  '.html',
  '.csv',
  '.css',
  '.js',
  '.mjs',
  '.svg',
  '.json',
  '.txt',
  '.xml',
  '.map',
]);
const AT_ONCE = 4;

/** Writes files of the build beside the staged pages. */
export async function stageAssets(to: string, assets: ReadonlyMap<string, Buffer>): Promise<void> {
  await forEachLimited(assets, AT_ONCE, ([path, data]) => writeStaged(join(to, path), data));
}

/** Writes the `.br` and `.gz` of staged files; returns all paths that were written or read. */
export async function compressStaged(folder: string, files: readonly string[]): Promise<string[]> {
  const texts = files.filter((file) => TEXT.has(extname(file)));
  await forEachLimited(texts, AT_ONCE, async (file) => {
    const data = await readFile(join(folder, file));
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    };
    await writeStaged(join(folder, `${file}.br`), await brotli(data, { params }));
    await writeStaged(join(folder, `${file}.gz`), await deflate(data, { level: GZIP_LEVEL }));
  });
  return [...files, ...texts.flatMap((file) => VARIANTS.map((variant) => file + variant))].map(
    (file) => join(folder, file),
  );
}
