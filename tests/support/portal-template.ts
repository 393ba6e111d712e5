import { createHash, randomBytes, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '#api/config.ts';
import type { Context } from '#api/context.ts';
import { openStore } from '#db/open.ts';
import { findAccountByLogin, updateAccount } from '#db/queries/accounts.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { planDemoCounty } from '#scripts/demo-county.ts';
import { openSealed, pairOf, seal } from '#sealing/age.ts';
import { identityFromPassphrase } from '#sealing/passphrase.ts';
import { createSecrets, loadSecrets } from '#sealing/secrets.ts';
import { setUpPortal, writePortalMarker } from '#services/setup.ts';
import type { NewAccount, NewPortal } from '#services/setup.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/portal-template');
/** Whatever a set-up portal depends on. */
const SOURCES = [
  'api/rules',
  'api/sealing',
  'api/services',
  'db',
  'scripts/demo-county.ts',
  'scripts/specimens',
  'tests/support/portal-template.ts',
];

let found: Promise<{ dir: string; portal: NewPortal }> | undefined;

/**
 * A portal fresh from its set-up, made once for each version of the code that sets it up: making
 * eighteen accounts takes most of a second. Its folder is copied, never used.
 */
export function findTemplate(now: number) {
  found ??= makeTemplate(now);
  return found;
}

async function makeTemplate(now: number) {
  const dir = join(CACHE, hashSources(now));
  const told = join(dir, 'told.json');
  if (!existsSync(told)) {
    const draft = join(CACHE, randomUUID());
    await buildPortal(draft, now);
    // Test files run side by side: whoever is first wins, and all of them are alike.
    if (existsSync(dir)) rmSync(draft, { recursive: true });
    else renameSync(draft, dir);
    dropOldTemplates();
  }
  return { dir, portal: JSON.parse(readFileSync(told, 'utf8')) as NewPortal };
}

function dropOldTemplates() {
  for (const name of readdirSync(CACHE)) {
    // Another test file may have renamed or dropped it since.
    const made = statSync(join(CACHE, name), { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - made > 3_600_000) rmSync(join(CACHE, name), { recursive: true, force: true });
  }
}

async function buildPortal(dir: string, now: number) {
  const config = readConfig({ DATA_DIR: join(dir, 'data') });
  mkdirSync(config.dataDir, { recursive: true });
  createSecrets(config.secretsDir);
  const db = openStore(join(config.dataDir, 'portal.db'), { synchronous: 'OFF' });
  const context = { db, secrets: loadSecrets(config.secretsDir), config, now: () => now };
  const today = civilDateOf(now);
  const portal = await setUpPortal(context, planDemoCounty(today));
  for (const account of portal.accounts) await cheapenSignIn(context, account);
  await db.close();
  writePortalMarker(config.dataDir, { kind: 'demo', createdOn: today });
  writeFileSync(join(dir, 'told.json'), JSON.stringify(portal));
}

/**
 * Tests sign in thousands of times, at 30 ms of argon2 each: the accounts of the template get parameters with next
 * to no work in them. An account that a test makes costs what it costs in use.
 */
async function cheapenSignIn({ db }: Context, { login, password }: NewAccount) {
  const account = await findAccountByLogin(db, login);
  if (!account) throw new Error(`no account ${login} in the template`);
  const lock = await identityFromPassphrase(password, account.kdf);
  const identity = await openSealed(lock, account.sealedIdentity);
  const kdf = `argon2id$64$1$${randomBytes(16).toString('hex')}`;
  const { recipient } = await pairOf(await identityFromPassphrase(password, kdf));
  const sealedIdentity = await seal([recipient], identity);
  await db.transaction(async (tx) => updateAccount(tx, account, { kdf, sealedIdentity }));
}

function hashSources(now: number): string {
  const hash = createHash('sha256').update(String(now));
  for (const source of SOURCES) hashFile(join(ROOT, source));
  function hashFile(path: string) {
    if (!/\.\w+$/.test(path)) {
      for (const name of readdirSync(path).sort()) hashFile(join(path, name));
    } else {
      hash.update(path).update(readFileSync(path));
    }
  }
  return hash.digest('hex').slice(0, 32);
}
