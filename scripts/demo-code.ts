import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '#api/config.ts';
import { totpOf } from './portal-client.ts';
import type { Account } from './portal-client.ts';

/** `npm run -s demo:code -- LOGIN`: the 动态码 of a demo account now, instead of an authenticator. */
const config = readConfig({ ...process.env, DATA_DIR: process.env['DATA_DIR'] ?? './data/demo' });
const accounts = JSON.parse(
  readFileSync(join(config.dataDir, 'demo-accounts.json'), 'utf8'),
) as Account[];
const account = accounts.find(({ login }) => login === process.argv[2]);
if (!account) {
  console.error(`which account? ${accounts.map(({ login }) => login).join(', ')}`);
  process.exit(1);
}
console.log(totpOf(account));
