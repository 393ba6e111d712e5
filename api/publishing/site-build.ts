import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { PublicReader } from '#rules/publication.ts';

/** The site as it was built once for this version of the code. */
export type SiteBuild = {
  /** Changes with any byte of the build: every page is rendered anew. */
  id: string;
  /** Styles, scripts and images by their paths. */
  assets: ReadonlyMap<string, Buffer>;
  renderWhole(request: Request, locals: RenderLocals): Promise<Response>;
};
type RenderLocals = {
  read: PublicReader;
  api: (path: string, init?: RequestInit) => Promise<Response>;
  now: number;
  problem?: string;
};

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const loaded = new Map<string, Promise<SiteBuild>>();

/**
 * Loads the built site, whole: a process keeps the build it started with, even where another one is made
 * meanwhile. Throws one sentence where there is none.
 */
export function loadSiteBuild(dist: string = DIST): Promise<SiteBuild> {
  const known = loaded.get(dist) ?? readSiteBuild(dist);
  loaded.set(dist, known);
  return known;
}

async function readSiteBuild(dist: string): Promise<SiteBuild> {
  const entry = entryOf(dist);
  const files = existsSync(entry) ? await readBuildFiles(dist) : null;
  if (!files) throw new Error('The pages are not built yet. Run npm run build first.');
  const { id, assets, modules } = files;
  keepResolving(pathToFileURL(join(dist, 'server')).href);
  const site = (await importFile(entry)) as Pick<SiteBuild, 'renderWhole'>;
  // A page's module is otherwise imported when it is first asked for. Those that cannot be imported belong
  // to services that are not used.
  await Promise.allSettled(modules.map((path) => importFile(join(dist, path))));
  return { id, assets, renderWhole: (request, locals) => site.renderWhole(request, locals) };
}

/** The files of the built site, without running any; null where it is not built. */
export async function readBuild(
  dist: string = DIST,
): Promise<Pick<SiteBuild, 'id' | 'assets'> | null> {
  return existsSync(entryOf(dist)) ? readBuildFiles(dist) : null;
}

function entryOf(dist: string): string {
  return join(dist, 'server', 'entry.mjs');
}

async function readBuildFiles(dist: string) {
  const hash = createHash('sha256');
  const assets = new Map<string, Buffer>();
  const modules: string[] = [];
  for (const path of await listFiles(dist)) {
    const data = await readFile(join(dist, path));
    hash.update(`${path}\n`).update(data);
    if (path.startsWith('client/')) assets.set(path.slice('client/'.length), data);
    if (/^server\/.+\.mjs$/.test(path)) modules.push(path);
  }
  return { id: hash.digest('hex'), assets, modules };
}

/**
 * Modules of the build find each other by their addresses alone. Node would look for the file of one that it has
 * long loaded, and fail once another build has replaced it.
 */
function keepResolving(server: string): void {
  registerHooks({
    resolve(specifier, context, next) {
      const isOwn = context.parentURL?.startsWith(`${server}/`) && specifier.startsWith('.');
      if (!isOwn) return next(specifier, context);
      return { url: new URL(specifier, context.parentURL).href, shortCircuit: true };
    },
  });
}

function importFile(path: string): Promise<unknown> {
  return import(/* @vite-ignore */ pathToFileURL(path).href);
}

/** Paths with `/` below a folder, sorted; no hidden ones. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}
