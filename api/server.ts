import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { startJobs } from '#jobs/schedule.ts';
import { openStore } from '#db/open.ts';
import { untilPublished } from '#publishing/lock.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import { recoverPublication } from '#publishing/publish.ts';
import { loadSiteBuild } from '#publishing/site-build.ts';
import { rememberPages } from '#routes/remember-pages.ts';
import type { Fetch } from '#routes/remember-pages.ts';
import { serveLiveTree } from '#routes/static.ts';
import { openSecrets } from '#services/portal-secrets.ts';
import { readPortalMarker } from '#services/setup.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { CodedError } from './errors.ts';

/** A stop takes no longer than this, in milliseconds. */
const PATIENCE_MS = 4000;

/** A file of 50 MB over a village's network; Node would cut it off after five minutes. */
const REQUEST_MS = 60 * 60_000;

export type RunningPortal = { url: string; context: Context; close(): Promise<void> };

/**
 * Opens the portal in `config.dataDir` and listens. Finishes an interrupted publication first. Throws one
 * sentence an operator can act on where something is missing. `now` answers epoch milliseconds.
 */
export async function startPortal(
  config: Config,
  kind: 'real' | 'demo',
  now = Date.now,
): Promise<RunningPortal> {
  refuseWrongFolder(config, kind);
  const build = await loadSiteBuild();
  const db = openStore(join(config.dataDir, 'portal.db'));
  const context: Context = { db, secrets: openSecrets(config), config, now };
  await finishInterrupted(context);
  const app = createApp(context, {
    pages: build,
    read: createPublicReader(join(config.dataDir, 'public')),
    assets: build.assets,
    files: serveLiveTree(config.dataDir),
  });
  const server = await listen(app.fetch, config);
  const { port } = server.address() as AddressInfo;
  const stopJobs = startJobs(context);

  /** What still runs after a few seconds is cut off: a publication is finished at the next start. */
  async function close() {
    const closed = new Promise((done) => server.close(done));
    const ended = Promise.all([stopJobs(), untilPublished(config.dataDir), closed]);
    await Promise.race([ended, setTimeout(PATIENCE_MS, undefined, { ref: false })]);
    server.closeAllConnections();
    await db.close();
  }
  return { url: `http://${config.host}:${port}`, context, close };
}

/** Throws one sentence where the port cannot be had. */
function listen(fetch: Fetch, config: Config) {
  const { host, port } = config;
  const { promise, resolve, reject } = Promise.withResolvers<Server>();
  const { remember, recall } = rememberPages(config);
  const listener = getRequestListener(remember(fetch), { hostname: host });
  const server = createServer({ requestTimeout: REQUEST_MS }, recall(listener));
  server.listen(port, host, () => resolve(server));
  server.once('error', (error: NodeJS.ErrnoException) => {
    const reasons: Record<string, string> = {
      EADDRINUSE: 'another program listens there. Stop it, or set another PORT.',
      EACCES: 'this user may not. Set a PORT above 1023, behind nginx or Caddy.',
      EADDRNOTAVAIL: 'this machine has no such address. Set another HOST.',
    };
    const reason = reasons[error.code ?? ''] ?? error.message;
    reject(new Error(`Cannot listen on ${host}:${port}: ${reason}`, { cause: error }));
  });
  return promise;
}

/** Finishes a publication that was cut off; one that another process runs now is its own affair. */
async function finishInterrupted(context: Context) {
  try {
    await recoverPublication(context);
  } catch (error) {
    if (!(error instanceof CodedError && error.code === 'publication-running')) throw error;
  }
}

function refuseWrongFolder(config: Config, kind: 'real' | 'demo') {
  const marker = readPortalMarker(config.dataDir);
  if (!marker) {
    throw new Error(
      `${config.dataDir} holds no portal yet. Run npm run setup (or npm run demo) first.`,
    );
  }
  if (marker.kind === 'demo' && kind === 'real') {
    throw new Error(
      `${config.dataDir} was made by the demo and must not go online. Set another DATA_DIR.`,
    );
  }
  if (marker.kind === 'real' && kind === 'demo') {
    throw new Error(`${config.dataDir} is a real portal. The demo needs a folder of its own.`);
  }
}

if (import.meta.main) {
  try {
    const portal = await startPortal(readConfig(), 'real');
    console.log(`阳光低保 ${portal.url}`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void portal.close().then(() => process.exit(0)));
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'could not start');
    process.exit(1);
  }
}
