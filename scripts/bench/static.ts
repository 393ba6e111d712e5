import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readConfig } from '#api/config.ts';
import { startPortal } from '#api/server.ts';
import { publish } from '#publishing/publish.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { startHelper, tell } from './measure.ts';
import type { Figures } from './measure.ts';
import { startNginx } from './nginx.ts';

const VILLAGE = '990110200200';
const run = promisify(execFile);

/**
 * Requests per second of a village's page from the built-in server, with its headers, compressed: by `wrk`
 * where the machine has it, and by our own client, whose limit is measured too. nginx beside it where there is one.
 */
export async function benchStatic(options: { rows: number; seconds: number }): Promise<Figures> {
  await using portal = await createPortal();
  const { dataDir, secretsDir } = portal.context.config;
  await startHelper('fill-portal.ts', dataDir, '1', '25', String(options.rows)).result;
  const env = { DATA_DIR: dataDir, SECRETS_DIR: secretsDir, PORT: '0' };
  const server = await startPortal(readConfig(env), 'demo');
  await publish(server.context);
  const path = `/places/${VILLAGE}/`;
  const page = await fetch(new URL(path, server.url), {
    headers: { 'accept-encoding': 'identity' },
  });
  const pageBytes = (await page.arrayBuffer()).byteLength;

  const { port } = new URL(server.url);
  const { seconds } = options;
  tell(`asking the built-in server for ${seconds} seconds`);
  const own = await hammer(port, path, seconds);
  const wrk = await askWithWrk(port, path, seconds);
  await server.close();
  tell('asking a server that does nothing, for the limit of the client');
  const limit = await hammerBareServer(own.bytes, seconds);
  const nginx = await startNginx(dataDir);
  const ofNginx = nginx && (await hammer(nginx.port, path, seconds));
  const wrkOfNginx = nginx && (await askWithWrk(nginx.port, path, seconds));
  await nginx?.stop();
  return {
    pageBytes,
    answerBytes: own.bytes,
    requestsPerSecond: wrk ?? own.perSecond,
    client: wrk === null ? 'own' : 'wrk',
    ownClientPerSecond: own.perSecond,
    ownClientLimitPerSecond: limit.perSecond,
    nginxPerSecond: wrkOfNginx ?? ofNginx?.perSecond ?? null,
  };
}

type Hammered = { perSecond: number; bytes: number };

async function hammer(port: string, path: string, seconds: number): Promise<Hammered> {
  return (await startHelper('hammer.ts', port, path, String(seconds)).result) as Hammered;
}

async function hammerBareServer(bytes: number, seconds: number): Promise<Hammered> {
  const bare = startHelper('bare-server.ts', String(bytes));
  await bare.ready;
  const counted = await hammer(String(await bare.said()), '/', seconds);
  bare.stop();
  return counted;
}

/** Null where the machine has no wrk. */
async function askWithWrk(port: string, path: string, seconds: number): Promise<number | null> {
  const options = ['-t1', '-c64', `-d${seconds}s`, '-H', 'Accept-Encoding: gzip, br'];
  try {
    const { stdout } = await run('wrk', [...options, `http://127.0.0.1:${port}${path}`]);
    if (/Non-2xx/.test(stdout)) throw new Error('wrk was not answered with 200');
    return Math.round(Number(/Requests\/sec:\s*([\d.]+)/.exec(stdout)?.[1]));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
