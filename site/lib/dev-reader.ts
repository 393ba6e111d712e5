import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PUBLIC_FILES, type PublicReader } from '#rules/publication.ts';

/** Reads `DATA_DIR/public` for `astro dev`; the running portal hands in its own reader. */
export function openPublicFolder(dataDir: string): PublicReader {
  return async (kind, code) => {
    const file = join(dataDir, 'public', PUBLIC_FILES[kind].path(code ?? ''));
    const text = await readFile(file, 'utf8').catch(() => null);
    return text === null ? null : JSON.parse(text);
  };
}
