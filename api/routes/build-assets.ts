import { Hono } from 'hono';
import { getMimeType } from 'hono/utils/mime';

/**
 * Styles and scripts of the present build, named by their hash. Pages rendered on demand need them before
 * anything is published, and after a new version until the next publication. What is not here (an
 * earlier build's) is in the live tree.
 */
export function buildAssetRoutes(assets: ReadonlyMap<string, Buffer>) {
  return new Hono().get('/_astro/*', async (c, next) => {
    const path = c.req.path.slice(1);
    const found = assets.get(path);
    if (!found) return next();
    c.header('content-type', getMimeType(path) ?? 'application/octet-stream');
    c.header('cache-control', 'public, max-age=31536000, immutable');
    return c.body(new Uint8Array(found));
  });
}
