import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { isMissing, readIfThere, sha256 } from '#publishing/disk.ts';
import { FIRST_LINK, hashBody, hashLink, townManifestPath } from '#publishing/manifest.ts';
import { CHAIN_FILE, MANIFEST_FILE } from '#publishing/paths.ts';
import { HeadFile } from '#rules/public-directory.ts';
import { PUBLIC_FILES } from '#rules/publication.ts';
import { refuseUnknown, verifyPages } from './verify-pages.ts';
import type { KnownBuild } from './verify-pages.ts';
import { BrokenChainError } from './verify.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const hashes = z.record(z.string(), hash);
const link = { seq: z.number().int(), onDate: z.string(), previous: hash, hash };
const Link = z.strictObject({ ...link, body: hash });
const Root = z.strictObject({ ...link, files: hashes, pages: hashes, towns: hashes });
const Town = z.strictObject({ code: z.string(), files: hashes, pages: hashes });

/**
 * Recomputes the chain of publications, and of what is public now every file's hash, and every page's where `site`
 * is given (styles and scripts too where its `build` is); a file that no manifest knows breaks it too. Returns the last publication, or null where nothing
 * was published. Throws BrokenChainError.
 */
export async function verifyPublic(
  folder: string,
  site?: string,
  build: KnownBuild = null,
): Promise<{ seq: number; hash: string } | null> {
  const last = await verifyLinks(join(folder, CHAIN_FILE));
  const bytes = await readIfThere(join(folder, MANIFEST_FILE));
  if (!bytes && !last) return null;
  const seq = last?.seq ?? 1;
  if (!bytes) throw new BrokenChainError(seq, `${MANIFEST_FILE} is missing`);
  const root = parse(Root, bytes, seq, MANIFEST_FILE);
  const body = hashBody(root);
  const { onDate, previous } = root;
  if (hashLink({ seq: root.seq, onDate, previous, body }) !== root.hash) {
    throw new BrokenChainError(root.seq, `${MANIFEST_FILE} was changed`);
  }
  if (last?.hash !== root.hash) {
    throw new BrokenChainError(
      root.seq,
      `${MANIFEST_FILE} is not the last publication of the chain`,
    );
  }
  const files = new Map(Object.entries(root.files));
  const pages = new Map(Object.entries(root.pages));
  const known = new Set([CHAIN_FILE, MANIFEST_FILE]);
  for (const [code, expected] of Object.entries(root.towns)) {
    const path = townManifestPath(code);
    const text = await readIfThere(join(folder, path));
    if (!text || sha256(text) !== expected) {
      throw new BrokenChainError(root.seq, `${path} is missing or was changed`);
    }
    known.add(path);
    const town = parse(Town, text, root.seq, path);
    for (const [name, digest] of Object.entries(town.pages)) pages.set(name, digest);
    for (const [name, digest] of Object.entries(town.files)) files.set(name, digest);
  }
  for (const [path, expected] of files) {
    const data = await readIfThere(join(folder, path));
    if (!data || sha256(data) !== expected) {
      throw new BrokenChainError(root.seq, `public file ${path} is missing or was changed`);
    }
  }
  await refuseUnknown(folder, root.seq, (file) => known.has(file) || files.has(file));
  if (site !== undefined) await verifyPages(site, pages, root.seq, build);
  return { seq: root.seq, hash: root.hash };
}

/** Every publication there ever was, each sealed to the one before. */
async function verifyLinks(file: string): Promise<z.infer<typeof Link> | null> {
  let last: z.infer<typeof Link> | null = null;
  for await (const line of readLines(file)) {
    const seq: number = (last?.seq ?? 0) + 1;
    const found = parse(Link, line, seq, CHAIN_FILE);
    if (found.seq !== seq || found.previous !== (last?.hash ?? FIRST_LINK)) {
      throw new BrokenChainError(seq, `publication ${seq} does not follow the one before it`);
    }
    if (hashLink(found) !== found.hash) {
      throw new BrokenChainError(seq, `publication ${seq} was changed`);
    }
    last = found;
  }
  return last;
}

async function* readLines(file: string): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

function parse<T>(schema: z.ZodType<T>, data: Buffer | string, seq: number, name: string): T {
  try {
    return schema.parse(JSON.parse(data.toString()));
  } catch {
    throw new BrokenChainError(seq, `${name} cannot be read`);
  }
}

/** The audit head that is public, against which the chain must hold. */
export async function readPublishedHead(folder: string) {
  const bytes = await readIfThere(join(folder, PUBLIC_FILES.head.path()));
  return bytes ? parse(HeadFile, bytes, 0, PUBLIC_FILES.head.path()) : null;
}
