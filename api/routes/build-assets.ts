import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

/**
 * Styles and scripts of the present build, named by their hash. Pages rendered on demand need them before
 * anything is published, and after a new version until the next publication. What is not here (an
 * earlier build's) is in the live tree.
 */
export function buildAssetRoutes(clientDir: string) {
  return new Hono().use(
    '/_astro/*',
    serveStatic({
      root: clientDir,
      onFound: (_path, c) => c.header('cache-control', 'public, max-age=31536000, immutable'),
    }),
  );
}
