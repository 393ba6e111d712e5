import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Context as RequestContext, MiddlewareHandler } from 'hono';
import { isMissing } from '#publishing/disk.ts';
import { LIVE_FILE, NOINDEX_FILE, publishingPaths } from '#publishing/paths.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
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
const DEFAULT_CAP = 128 * 1024 * 1024;
const CHECK_EVERY_MS = 100;
const ASSET = '/_astro/';

type Stored = { body: Buffer<ArrayBuffer>; headers: Record<string, string>; etag: string };

/**
 * Serves the live tree from memory: compressed files as they stand on the disk, filled on demand up to `cap`
 * bytes and dropped when a publication has gone live. Answers GET and HEAD; other methods go on.
 */
export function serveLiveTree(dataDir: string, cap: number = DEFAULT_CAP): MiddlewareHandler {
  const paths = publishingPaths(dataDir);
  const files = new Map<string, Stored | null>();
  let bytes = 0;
  let version = '';
  let noindex = new Set<string>();
  let checkedAt = Number.NEGATIVE_INFINITY;

  function dropIfChanged() {
    const at = performance.now();
    if (at - checkedAt < CHECK_EVERY_MS) return;
    checkedAt = at;
    const stat = statSync(join(paths.site, LIVE_FILE), { throwIfNoEntry: false });
    const found = stat ? `${stat.ino} ${stat.mtimeMs}` : '';
    if (found === version) return;
    version = found;
    files.clear();
    bytes = 0;
    noindex = readNoindex(paths.site);
  }

  async function find(path: string, encoding: (typeof ENCODINGS)[number]): Promise<Stored | null> {
    const key = `${encoding.name} ${path}`;
    const known = files.get(key);
    if (known !== undefined) return known;
    const began = version;
    const stored = await load(paths, noindex, path, encoding);
    const size = stored?.body.length ?? 0;
    // What was read while another publication went live is not kept; nor is what does not exist, since
    // paths that do not exist are without number.
    if (stored && began === version && bytes + size <= cap) {
      files.set(key, stored);
      bytes += size;
    }
    return stored;
  }

  async function negotiate(path: string, accepted: string): Promise<Stored | null> {
    for (const encoding of ENCODINGS) {
      if (encoding.name !== '' && !accepts(accepted, encoding.name)) continue;
      const stored = await find(path, encoding);
      if (stored) return stored;
    }
    return null;
  }

  return async function serveFile(c, next) {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    dropIfChanged();
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
  if (status === 200 && known && matches(known, etag)) {
    const { 'content-type': _type, 'content-encoding': _encoding, ...kept } = headers;
    return new Response(null, { status: 304, headers: kept });
  }
  const sized = { ...headers, 'content-length': String(body.length) };
  return new Response(c.req.method === 'HEAD' ? null : body, { status, headers: sized });
}

function matches(header: string, etag: string): boolean {
  return header.split(',').some((part) => part.trim().replace(/^W\//, '') === etag || part === '*');
}

function accepts(header: string, encoding: string): boolean {
  return header.split(',').some((part) => {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

function readNoindex(site: string): Set<string> {
  try {
    return new Set(JSON.parse(readFileSync(join(site, NOINDEX_FILE), 'utf8')) as string[]);
  } catch (error) {
    if (isMissing(error)) return new Set();
    throw error;
  }
}
