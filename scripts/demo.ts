import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '#api/config.ts';
import type { Config } from '#api/config.ts';
import { startPortal } from '#api/server.ts';
import { openStore } from '#db/open.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { ROLES } from '#rules/roles.ts';
import type { RoleCode } from '#rules/roles.ts';
import { createSecrets, loadSecrets } from '#sealing/secrets.ts';
import { readPortalMarker, setUpPortal, writePortalMarker } from '#services/setup.ts';
import { planDemoCounty } from './demo-county.ts';
import { fillDemo } from './demo-content.ts';
import { callOver } from './portal-client.ts';
import type { Account } from './portal-client.ts';

/**
 * `npm run demo`: an invented county, filled through the running portal's own front door.
 * Run again, it goes on; `-- --reset` begins anew.
 */
const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

async function runDemo(args: string[]) {
  const config = readConfig({ ...process.env, DATA_DIR: process.env['DATA_DIR'] ?? './data/demo' });
  if (!LOOPBACK.includes(config.host)) {
    throw new Error(
      'The demo listens on this machine only: its passphrases are known. Unset HOST.',
    );
  }
  if (args.includes('--reset')) removeDemo(config);
  if (!isSetUp(config)) await setUpDemo(config);
  const accounts = readAccounts(config);
  if (!existsSync(filledFile(config))) await fillBeforeOpening(config, accounts);
  const portal = await startPortal(config, 'demo');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void portal.close().then(() => process.exit(0)));
  }
  printWelcome(portal.url, accounts, config);
}

/**
 * Fills the portal through its own front door, on a port nobody knows: whoever finds the real one open
 * finds it complete, and nobody signs in at the same moment.
 */
async function fillBeforeOpening(config: Config, accounts: Account[]) {
  const portal = await startPortal({ ...config, port: 0 }, 'demo');
  try {
    await fillDemo(callOver(portal.url), accounts, (line) => console.log(`  ${line}`));
    writeFileSync(filledFile(config), '');
  } finally {
    await portal.close();
  }
}

/** Removes a demo and its secrets; anything else is left alone. */
function removeDemo(config: Config) {
  const marker = readPortalMarker(config.dataDir);
  if (!marker) return;
  if (marker.kind !== 'demo') {
    throw new Error(`${config.dataDir} was not made by the demo and is left as it is.`);
  }
  rmSync(config.dataDir, { recursive: true });
  rmSync(config.secretsDir, { recursive: true, force: true });
}

/** The accounts are written last: without them a set-up was interrupted, and is begun anew. */
function isSetUp(config: Config): boolean {
  const kind = readPortalMarker(config.dataDir)?.kind;
  const file = join(config.dataDir, 'portal.db');
  if (!kind && existsSync(file))
    throw new Error(`${file} is not the demo's. Set another DATA_DIR.`);
  return kind !== undefined && existsSync(accountsFile(config));
}

async function setUpDemo(config: Config) {
  removeDemo(config);
  const today = civilDateOf(Date.now());
  writePortalMarker(config.dataDir, { kind: 'demo', createdOn: today });
  const file = join(config.dataDir, 'portal.db');
  createSecrets(config.secretsDir);
  const db = openStore(file);
  const context = { db, secrets: loadSecrets(config.secretsDir), config, now: Date.now };
  const { accounts } = await setUpPortal(context, planDemoCounty(today));
  await db.close();
  const listed = accounts.map(({ login, password, totpSecret, role, body }) => ({
    login,
    password,
    totpSecret,
    role,
    body,
  }));
  writeFileSync(accountsFile(config), `${JSON.stringify(listed, null, 2)}\n`, { mode: 0o600 });
}

/** Stands in a demo that was filled to the end. */
function filledFile(config: Config): string {
  return join(config.dataDir, 'demo-filled');
}

function accountsFile(config: Config): string {
  return join(config.dataDir, 'demo-accounts.json');
}

function readAccounts(config: Config): Account[] {
  return JSON.parse(readFileSync(accountsFile(config), 'utf8')) as Account[];
}

function printWelcome(url: string, accounts: Account[], config: Config) {
  const lines = accounts.map(
    ({ login, password, role, body }) =>
      `  ${login.padEnd(20)} ${password}   ${ROLES[role as RoleCode].label}，${body}`,
  );
  console.log(
    [
      '',
      `阳光低保（演示数据） ${url}`,
      `  举报投诉 ${url}/complaints`,
      `  工作人员 ${url}/staff`,
      '',
      '账号、口令：',
      ...lines,
      `动态码：npm run -s demo:code -- 账号（密钥在 ${accountsFile(config)}）。按 Ctrl+C 结束。`,
    ].join('\n'),
  );
}

try {
  await runDemo(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : 'the demo could not start');
  process.exit(1);
}
