import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { startJobs } from '#jobs/schedule.ts';
import { openStore } from '#db/open.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import { recoverPublication } from '#publishing/publish.ts';
import { loadSiteBuild } from '#publishing/site-build.ts';
import { serveLiveTree } from '#routes/static.ts';
import { loadSecrets } from '#sealing/secrets.ts';
import { readPortalMarker } from '#services/setup.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { CodedError } from './errors.ts';

export type RunningPortal = { url: string; context: Context; close(): Promise<void> };

/**
 * Opens the portal in `config.dataDir` and listens. Finishes an interrupted publication first. Throws one
 * sentence an operator can act on where something is missing.
 */
export async function startPortal(config: Config, kind: 'real' | 'demo'): Promise<RunningPortal> {
  refuseWrongFolder(config, kind);
  const build = await loadSiteBuild();
  const db = openStore(join(config.dataDir, 'portal.db'));
  const context: Context = { db, secrets: loadSecrets(config.secretsDir), config, now: Date.now };
  await finishInterrupted(context);
  const app = createApp(context, {
    pages: build,
    read: createPublicReader(join(config.dataDir, 'public')),
    assets: build.assets,
    files: serveLiveTree(config.dataDir),
  });
  const stopJobs = startJobs(context);
  const server = await new Promise<ReturnType<typeof serve>>((ready, fail) => {
    const listening = serve({ fetch: app.fetch, hostname: config.host, port: config.port }, () =>
      ready(listening),
    );
    listening.once('error', fail);
  });
  const { port } = server.address() as AddressInfo;

  async function close() {
    await stopJobs();
    await new Promise((done) => server.close(done));
    await db.close();
  }
  return { url: `http://${config.host}:${port}`, context, close };
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
