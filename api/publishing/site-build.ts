import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { PublicReader } from '#rules/publication.ts';

/** The site as it was built once for this version of the code. */
export type SiteBuild = {
  /** Changes with any byte of the build: every page is rendered anew. */
  id: string;
  /** Styles, scripts and images, as paths below `folder`. */
  assets: { folder: string; paths: string[] };
  renderWhole(request: Request, locals: RenderLocals): Promise<Response>;
};
type RenderLocals = {
  read: PublicReader;
  api: (path: string, init?: RequestInit) => Promise<Response>;
  now: number;
};

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const loaded = new Map<string, Promise<SiteBuild>>();

/**
 * Loads the built site. A process keeps the build it started with, so that pages never carry the id of a
 * build they were not rendered by. Throws one sentence where there is none.
 */
export function loadSiteBuild(dist: string = DIST): Promise<SiteBuild> {
  const known = loaded.get(dist) ?? readSiteBuild(dist);
  loaded.set(dist, known);
  return known;
}

async function readSiteBuild(dist: string): Promise<SiteBuild> {
  const entry = join(dist, 'server', 'entry.mjs');
  if (!existsSync(entry)) {
    throw new Error('The pages are not built yet. Run npm run build first.');
  }
  const hash = createHash('sha256');
  for (const path of await listFiles(dist)) {
    hash.update(`${path}\n`).update(await readFile(join(dist, path)));
  }
  const folder = join(dist, 'client');
  const site = (await import(/* @vite-ignore */ pathToFileURL(entry).href)) as Pick<
    SiteBuild,
    'renderWhole'
  >;
  return {
    id: hash.digest('hex'),
    assets: { folder, paths: existsSync(folder) ? await listFiles(folder) : [] },
    renderWhole: (request, locals) => site.renderWhole(request, locals),
  };
}

/** Paths with `/` below a folder, sorted; no hidden ones. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}
