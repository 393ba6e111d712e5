import { defineMiddleware } from 'astro/middleware';

/**
 * Reads what the frame of every page shows, so that only pages wait for data: a component that waits has all
 * that is inside it put together in pieces, which takes twice as long. In `astro dev` it also hands in the
 * public folder, as the server does otherwise.
 */
export const onRequest = defineMiddleware(async ({ locals }, next) => {
  if (import.meta.env.DEV) {
    const { openPublicFolder } = await import('./lib/dev-reader.ts');
    locals.read ??= openPublicFolder(import.meta.env['DATA_DIR'] ?? './data/demo');
    locals.api ??= async () => new Response(null, { status: 503 });
    locals.now ??= Date.now();
  }
  locals.site = await locals.read('site');
  locals.hotlines = (await locals.read('hotlines'))?.items ?? [];
  return next();
});
