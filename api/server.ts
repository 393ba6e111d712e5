import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { serve } from '@hono/node-server';
import { startJobs } from '#jobs/schedule.ts';
import { openStore } from '#db/open.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import { resumeJournal } from '#publishing/live-tree.ts';
import type { PageRenderer } from '#routes/pages.ts';
import { serveLiveTree } from '#routes/static.ts';
import { loadSecrets } from '#sealing/secrets.ts';
import { readPortalMarker } from '#services/setup.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';

const BUILD = fileURLToPath(new URL('../dist/server/entry.mjs', import.meta.url));
const ASSETS = fileURLToPath(new URL('../dist/client', import.meta.url));

export type RunningPortal = { url: string; context: Context; close(): Promise<void> };

/**
 * Opens the portal in `config.dataDir` and listens. Finishes an interrupted publication first. Throws one
 * sentence an operator can act on where something is missing.
 */
export async function startPortal(config: Config, kind: 'real' | 'demo'): Promise<RunningPortal> {
  refuseWrongFolder(config, kind);
  const pages = await loadPages();
  await resumeJournal(config.dataDir);
  const db = openStore(join(config.dataDir, 'portal.db'));
  const context: Context = { db, secrets: loadSecrets(config.secretsDir), config, now: Date.now };
  const app = createApp(context, {
    pages,
    read: createPublicReader(join(config.dataDir, 'public')),
    assets: ASSETS,
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

async function loadPages(): Promise<PageRenderer> {
  if (!existsSync(BUILD)) throw new Error('The pages are not built yet. Run npm run build first.');
  return (await import(pathToFileURL(BUILD).href)) as PageRenderer;
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
