import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

export type Found = { file: string; needle: string };

/**
 * Looks for each needle in every byte of every file below `dir`, compressed pages unpacked: UTF-8 as it
 * is, and as JSON escapes it. A privacy test passes when nothing is found.
 */
export function findInFolder(dir: string, needles: string[]): Found[] {
  const found: Found[] = [];
  const wanted = needles.flatMap((needle) => spellings(needle).map((bytes) => ({ needle, bytes })));
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const content = unpack(file, readFileSync(file));
    for (const { needle, bytes } of wanted) {
      if (content.includes(bytes)) found.push({ file, needle });
    }
  }
  return found;
}

function spellings(needle: string): Buffer[] {
  const escaped = [...needle].map((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 128 ? character : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  const forms = new Set([needle, escaped.join('')]);
  return [...forms].map((form) => Buffer.from(form));
}

function unpack(file: string, content: Buffer): Buffer {
  if (file.endsWith('.br')) return brotliDecompressSync(content);
  if (file.endsWith('.gz')) return gunzipSync(content);
  return content;
}
