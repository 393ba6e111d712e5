import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Hono } from 'hono';
import { getMimeType } from 'hono/utils/mime';
import { accepts } from './http-headers.ts';

const compress = promisify(brotliCompress);
type Pack = (data: Buffer) => Promise<Buffer>;
/** Quickly: the first who asks for a script waits for it, and may press its button before it runs. */
const BROTLI_QUALITY = 5;
const ENCODINGS: [name: string, pack: Pack][] = [
  ['br', packBrotli],
  ['gzip', promisify(gzip)],
];
const TEXT = /\.(css|js|mjs|svg|json|txt|map)$/;

/**
 * Styles and scripts of the present build, named by their hash, packed when they are first asked for. Pages
 * rendered on demand need them before anything is published, and after a new version until the next
 * publication. What is not here (an earlier build's) is in the live tree.
 */
export function buildAssetRoutes(assets: ReadonlyMap<string, Buffer>) {
  const packed = new Map<string, Promise<Buffer>>();

  function packOnce(path: string, data: Buffer, [name, pack]: (typeof ENCODINGS)[number]) {
    const key = `${name} ${path}`;
    const known = packed.get(key) ?? pack(data);
    packed.set(key, known);
    return known;
  }

  return new Hono().get('/_astro/*', async (c, next) => {
    const path = c.req.path.slice(1);
    const found = assets.get(path);
    if (!found) return next();
    const accepted = c.req.header('accept-encoding') ?? '';
    const encoding = TEXT.test(path) && ENCODINGS.find(([name]) => accepts(accepted, name));
    const body = encoding ? await packOnce(path, found, encoding) : found;
    c.header('content-type', getMimeType(path) ?? 'application/octet-stream');
    c.header('cache-control', 'public, max-age=31536000, immutable');
    c.header('vary', 'accept-encoding');
    c.header('etag', `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`);
    if (encoding) c.header('content-encoding', encoding[0]);
    return c.body(new Uint8Array(body));
  });
}

async function packBrotli(data: Buffer): Promise<Buffer> {
  return compress(data, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
}
