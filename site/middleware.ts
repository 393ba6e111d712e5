import { defineMiddleware } from 'astro/middleware';

/** In `astro dev` only: reads the public folder that the server would otherwise hand in. */
export const onRequest = defineMiddleware(async ({ locals }, next) => {
  if (import.meta.env.DEV) {
    const { openPublicFolder } = await import('./lib/dev-reader.ts');
    locals.read ??= openPublicFolder(import.meta.env['DATA_DIR'] ?? './data/demo');
    locals.api ??= async () => new Response(null, { status: 503 });
    locals.now ??= Date.now();
  }
  return next();
});
