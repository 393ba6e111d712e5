import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = ['site', 'api/rules', 'astro.config.mjs', 'package-lock.json', 'tsconfig.json'];
const CACHE = join(ROOT, 'node_modules/.cache');
const LOCK = join(CACHE, 'site-build.lock');
const STAMP = join(ROOT, 'dist/.sources');
/** A lock this old belongs to a run that was killed. */
const STALE_MS = 120_000;
const WAIT_MS = 200;

/**
 * vitest's global set-up: builds the site into `dist/` when its sources changed. Runs that start side by
 * side take turns, and all but the first find the build done.
 */
export default async function buildOnce(): Promise<void> {
  if (await isCurrent()) return;
  await mkdir(CACHE, { recursive: true });
  await takeLock();
  try {
    if (await isCurrent()) return;
    await build();
  } finally {
    await rm(LOCK, { recursive: true, force: true });
  }
}

async function build(): Promise<void> {
  const sources = await hashSources();
  const fresh = join(CACHE, `site-build-${process.pid}`);
  const astro = join(ROOT, 'node_modules/astro/bin/astro.mjs');
  try {
    const args = [astro, 'build', '--silent', '--outDir', fresh];
    const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
    await run(process.execPath, args, { cwd: ROOT, env });
    await writeFile(join(fresh, '.sources'), sources);
    const old = `${fresh}-old`;
    if (existsSync(join(ROOT, 'dist'))) await rename(join(ROOT, 'dist'), old);
    await rename(fresh, join(ROOT, 'dist'));
    await rm(old, { recursive: true, force: true });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function isCurrent(): Promise<boolean> {
  if (!existsSync(STAMP) || !existsSync(join(ROOT, 'dist/server/entry.mjs'))) return false;
  return readFileSync(STAMP, 'utf8') === (await hashSources());
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const path = join(ROOT, source);
    const isFolder = (await stat(path)).isDirectory();
    for (const file of isFolder ? await listFiles(path) : [path]) {
      hash.update(file.slice(ROOT.length)).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** A folder is made by one process only. */
async function takeLock(): Promise<void> {
  for (;;) {
    try {
      await mkdir(LOCK);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const made = await stat(LOCK).catch(() => null);
    if (made && Date.now() - made.mtimeMs > STALE_MS)
      await rm(LOCK, { recursive: true, force: true });
    await sleep(WAIT_MS);
  }
}
