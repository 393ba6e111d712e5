import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** The live tree behind nginx on a free port, one worker; null where the machine has no nginx. */
export async function startNginx(dataDir: string) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-nginx-'));
  const port = String(await findFreePort());
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, writeConfig(folder, port, join(dataDir, 'site')));
  const child = spawn('nginx', ['-p', folder, '-c', file, '-e', 'stderr'], { stdio: 'ignore' });
  const isThere = await new Promise<boolean>((resolve) => {
    child.once('spawn', () => resolve(true)).once('error', () => resolve(false));
  });
  async function stop() {
    const ended = new Promise((resolve) => child.once('close', resolve));
    if (isThere && child.kill('SIGTERM')) await ended;
    rmSync(folder, { recursive: true, force: true });
  }
  if (isThere && (await answers(port))) return { port, stop };
  await stop();
  return null;
}

function writeConfig(folder: string, port: string, site: string): string {
  return `daemon off; worker_processes 1; pid ${folder}/pid; error_log /dev/null;
events {}
http {
  access_log off;
  types { text/html html; }
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  open_file_cache max=10000; keepalive_requests 1000000; gzip_static on;
  server { listen 127.0.0.1:${port}; root ${site}; index index.html; }
}
`;
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(port: string): Promise<boolean> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    if (answer) return answer.ok;
    await setTimeout(50);
  }
  return false;
}
