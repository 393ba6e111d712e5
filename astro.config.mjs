import node from '@astrojs/node';
import { defineConfig } from 'astro/config';

/**
 * The stock adapter with our own server entry, which exports `render` and `renderWhole` instead of
 * listening: Hono serves, and the publisher renders through the same build.
 */
function portalAdapter() {
  const stock = node({ mode: 'middleware' });
  return {
    ...stock,
    hooks: {
      ...stock.hooks,
      'astro:config:done': (options) =>
        stock.hooks['astro:config:done']?.({
          ...options,
          setAdapter: (adapter) =>
            options.setAdapter({
              ...adapter,
              serverEntrypoint: new URL('./site/lib/entry.ts', import.meta.url),
            }),
        }),
    },
  };
}

export default defineConfig({
  srcDir: './site',
  publicDir: './site/public',
  output: 'server',
  adapter: portalAdapter(),
  session: false,
  trailingSlash: 'ignore',
  // Hono checks the origin with the run-time PUBLIC_URL; Astro's own check answers 403 behind a TLS proxy.
  security: { checkOrigin: false },
  // The CSP allows no inline style or script.
  build: { inlineStylesheets: 'never', format: 'directory' },
  vite: { build: { assetsInlineLimit: 0 } },
  devToolbar: { enabled: false },
});
