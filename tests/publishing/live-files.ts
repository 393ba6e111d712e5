import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { sha256 } from '#publishing/disk.ts';
import { pageFile, publishingPaths } from '#publishing/paths.ts';
import type { County } from '#support/county.ts';

export function pathsOf(county: Pick<County, 'config'>) {
  return publishingPaths(county.config.dataDir);
}

/** SHA-256 of every file below a folder, by its path. */
export function snapshot(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name))
      .sort()
      .map((file) => [file, sha256(readFileSync(file))]),
  );
}

export function snapshotLive(county: Pick<County, 'config'>): Record<string, string> {
  const paths = pathsOf(county);
  return { ...snapshot(paths.site), ...snapshot(paths.public) };
}

export function pageOf(county: Pick<County, 'config'>, path: string): string {
  return readFileSync(join(pathsOf(county).site, path, 'index.html'), 'utf8');
}

type Section = { pages: Record<string, string> };

/** Pages that are missing, superfluous, or differ from their manifest or from their variants. */
export function listBrokenPages(county: Pick<County, 'config'>): string[] {
  const { site, public: data } = pathsOf(county);
  const root = readJson(join(data, 'manifest.json')) as Section & { towns: Record<string, string> };
  const towns = Object.keys(root.towns).map(
    (code) => readJson(join(data, `manifests/${code}.json`)) as Section,
  );
  const pages = new Map([root, ...towns].flatMap((section) => Object.entries(section.pages)));
  const files = new Map([...pages].map(([path, hash]) => [join(site, pageFile(path)), hash]));
  const there = Object.keys(snapshot(site)).filter((file) => file.endsWith('.html'));
  return [
    ...there.filter((file) => !files.has(file)),
    ...[...files].filter(([file, hash]) => !isWhole(file, hash)).map(([file]) => file),
  ];
}

function isWhole(file: string, hash: string): boolean {
  if (!['', '.br', '.gz'].every((variant) => existsSync(file + variant))) return false;
  const html = readFileSync(file);
  const variants = [
    brotliDecompressSync(readFileSync(`${file}.br`)),
    gunzipSync(readFileSync(`${file}.gz`)),
  ];
  return sha256(html) === hash && variants.every((variant) => variant.equals(html));
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
