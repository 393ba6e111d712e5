import { cpus } from 'node:os';
import { readConfig } from '#api/config.ts';
import { startPortal } from '#api/server.ts';

/**
 * The server of a portal in a process of its own. Arguments: its data folder and secrets folder. Prints its
 * address; each line of standard input is answered with what the process has used up to then; ends with
 * standard input.
 */
const [dataDir = '', secretsDir = ''] = process.argv.slice(2);
const env = { DATA_DIR: dataDir, SECRETS_DIR: secretsDir, PORT: '0' };
const server = await startPortal(readConfig(env), 'demo');

function tellUsage() {
  const { user, system } = process.cpuUsage();
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ cpuMs: Math.round((user + system) / 1000), peakMb }));
}
process.stdin.on('data', tellUsage);
process.stdin.on('end', () => {
  void server.close().then(() => process.exit(0));
});
console.log(`ready\n${JSON.stringify({ url: server.url, cpus: cpus().length })}`);
