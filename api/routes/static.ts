import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Context as RequestContext, MiddlewareHandler } from 'hono';
import { isMissing } from '#publishing/disk.ts';
import { NOINDEX_FILE, publishingPaths } from '#publishing/paths.ts';
import { accepts, matchesEtag } from './http-headers.ts';
import { watchLiveTree } from './live-version.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.jsonl': 'application/jsonl; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
/** Of the public data: manifests and counts, never a list. */
const OPEN_DATA =
  /^\/data\/(manifest\.json|chain\.jsonl|manifests\/[\w-]+\.json|counts\/[\w-]+\.json)$/;
const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
  { name: '', suffix: '' },
] as const;
const ASSET = '/_astro/';

type Stored = { body: Buffer<ArrayBuffer>; headers: Record<string, string>; etag: string };

/**
 * Serves the live tree: compressed files as they stand on the disk. Answers GET and HEAD; other methods go on.
 * `rememberPages` keeps what this answers in memory.
 */
export function serveLiveTree(dataDir: string): MiddlewareHandler {
  const paths = publishingPaths(dataDir);
  const readVersion = watchLiveTree(paths.site);
  let version: string | null = null;
  let noindex = new Set<string>();

  function followVersion() {
    const found = readVersion();
    if (found === version) return;
    version = found;
    noindex = readNoindex(paths.site);
  }

  async function negotiate(path: string, accepted: string): Promise<Stored | null> {
    for (const encoding of ENCODINGS) {
      if (encoding.name !== '' && !accepts(accepted, encoding.name)) continue;
      const stored = await load(paths, noindex, path, encoding);
      if (stored) return stored;
    }
    return null;
  }

  return async function serveFile(c, next) {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    followVersion();
    const accepted = c.req.header('accept-encoding') ?? '';
    const path = cleanPath(c.req.path);
    if (path !== null) {
      const moved = await redirectionOf(path);
      if (moved) return c.redirect(moved + new URL(c.req.url).search, 301);
      const stored = await negotiate(path, accepted);
      if (stored) return answer(c, stored, 200);
    }
    const missing = await negotiate('/404.html', accepted);
    return missing ? answer(c, missing, 404) : next();
  };

  /** `/places/1` and `/places/1/index.html` are `/places/1/`. */
  async function redirectionOf(path: string): Promise<string | null> {
    if (path.endsWith('/index.html')) return path.slice(0, -'index.html'.length);
    if (path.endsWith('/') || extname(path) !== '') return null;
    return (await negotiate(`${path}/`, '')) ? `${path}/` : null;
  }
}

/** The path, decoded; null where it leaves the tree or names something that is not a page or asset. */
function cleanPath(raw: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch {
    return null;
  }
  if (!/^\/[\w\-./]*$/.test(path) || path.includes('//')) return null;
  if (path.split('/').some((part) => part.startsWith('.'))) return null;
  if (/\.(br|gz)$/.test(path)) return null;
  return path;
}

async function load(
  paths: ReturnType<typeof publishingPaths>,
  noindex: ReadonlySet<string>,
  path: string,
  { name, suffix }: (typeof ENCODINGS)[number],
): Promise<Stored | null> {
  const isData = OPEN_DATA.test(path);
  const file = isData
    ? join(paths.public, path.slice('/data/'.length))
    : join(paths.site, path.endsWith('/') ? `${path}index.html` : path);
  const type = TYPES[path.endsWith('/') ? '.html' : extname(path)];
  if (!type) return null;
  try {
    const body = await readFile(`${file}${suffix}`);
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    const isForever = path.startsWith(ASSET);
    const headers: Record<string, string> = {
      'content-type': type,
      'cache-control': isForever ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'accept-encoding',
      etag,
    };
    if (name !== '') headers['content-encoding'] = name;
    if (noindex.has(path)) headers['x-robots-tag'] = 'noindex, noarchive';
    return { body, headers, etag };
  } catch (error) {
    if (isMissing(error) || (error as NodeJS.ErrnoException).code === 'EISDIR') return null;
    throw error;
  }
}

function answer(c: RequestContext, { body, headers, etag }: Stored, status: 200 | 404) {
  const known = c.req.header('if-none-match');
  if (status === 200 && known && matchesEtag(known, etag)) {
    const { 'content-type': _type, 'content-encoding': _encoding, ...kept } = headers;
    return new Response(null, { status: 304, headers: kept });
  }
  const sized = { ...headers, 'content-length': String(body.length) };
  return new Response(c.req.method === 'HEAD' ? null : body, { status, headers: sized });
}

function readNoindex(site: string): Set<string> {
  try {
    return new Set(JSON.parse(readFileSync(join(site, NOINDEX_FILE), 'utf8')) as string[]);
  } catch (error) {
    if (isMissing(error)) return new Set();
    throw error;
  }
}
