import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { SupervisedBody } from '#routes/staff-lead-schemas.ts';
import type { ReferralPage } from '#routes/staff-referral-schemas.ts';
import { accountOf, callOver, expectStatus, signInWith, totpOf } from '#scripts/portal-client.ts';
import type { Account } from '#scripts/portal-client.ts';
import { runScript } from '#support/run-script.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'demo-'));
const folders = { dataDir: join(root, 'data'), secretsDir: join(root, 'secrets') };
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs the demo until `use` has ended, then stops it as Ctrl+C does; answers its exit code and words. */
async function withDemo(args: string[], use: (url: string) => Promise<void>) {
  const env = {
    PATH: process.env['PATH'],
    DATA_DIR: folders.dataDir,
    SECRETS_DIR: folders.secretsDir,
    PORT: '0',
  };
  const child = spawn(process.execPath, ['scripts/demo.ts', ...args], { cwd: ROOT, env });
  const exited = new Promise<number | null>((done) => child.once('exit', done));
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (words += chunk.toString('utf8')));
  }
  try {
    const address = () => /阳光低保（演示数据） (http:\S+)/.exec(words)?.[1];
    while (!address() && child.exitCode === null) {
      await new Promise((done) => setTimeout(done, 50));
    }
    const url = address();
    if (!url) throw new Error(`the demo did not start: ${words}`);
    await use(url);
  } finally {
    child.kill('SIGINT');
  }
  return { code: await exited, words };
}

function readAccounts(): Account[] {
  return JSON.parse(readFileSync(join(folders.dataDir, 'demo-accounts.json'), 'utf8')) as Account[];
}

async function readAs<T>(url: string, login: string, path: string): Promise<T> {
  const call = callOver(url);
  const account = accountOf(readAccounts(), login);
  const cookie = await signInWith(call, account, totpOf(account));
  const answer = await call(path, { headers: { cookie } });
  await expectStatus(answer, 200);
  return (await answer.json()) as T;
}

test('the demo opens complete, goes on at its second start, and begins anew when asked', async () => {
  let leads = 0;
  const first = await withDemo([], async (url) => {
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
    const village = await (await fetch(`${url}/places/990101100203/`)).text();
    expect(village).toContain('史*信');
    expect(village).toContain('演示数据');
    expect(await (await fetch(`${url}/cases/`)).text()).toContain('青山镇某村原村干部张某');
    leads = (await readAs<{ total: number }>(url, 'triage', '/api/staff/leads')).total;
    const letters = await readAs<ReferralPage>(url, 'liaison', '/api/staff/referrals?direction=in');
    expect(letters.items.map((letter) => letter.state)).toEqual(['waiting-receipt']);
    const supervised = await readAs<SupervisedBody>(url, 'section-chief', '/api/staff/supervision');
    expect(supervised.items).toHaveLength(1);
  });
  expect(first.code).toBe(0);
  expect(leads).toBeGreaterThan(0);
  const accounts = readAccounts();
  expect(Object.keys(accounts[0] ?? {}).sort()).toEqual(
    ['body', 'login', 'password', 'role', 'totpSecret'].sort(),
  );
  expect(new Set(accounts.map((account) => account.role)).size).toBeGreaterThanOrEqual(12);
  expect((await runScript('verify', [], folders)).code).toBe(0);

  const second = await withDemo([], async () => expect(readAccounts()).toEqual(accounts));
  expect(second.words).not.toContain('已导入');

  await withDemo(['--reset'], async () => expect(readAccounts()).not.toEqual(accounts));
}, 60_000);

test('the demo listens on this machine only, and its folder is never served as a real portal', async () => {
  const elsewhere = {
    ...process.env,
    DATA_DIR: join(root, 'other'),
    PUBLIC_URL: 'https://dibao.example',
  };
  const open = spawn(process.execPath, ['scripts/demo.ts'], {
    cwd: ROOT,
    env: { ...elsewhere, HOST: '0.0.0.0' },
  });
  expect(await new Promise((done) => open.once('exit', done))).toBe(1);
  expect(existsSync(join(root, 'other'))).toBe(false);

  await withDemo([], async () => undefined);
  const real = spawn(process.execPath, ['api/server.ts'], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: folders.dataDir, SECRETS_DIR: folders.secretsDir, PORT: '0' },
  });
  let words = '';
  real.stderr.on('data', (chunk: Buffer) => (words += chunk.toString('utf8')));
  expect(await new Promise((done) => real.once('exit', done))).toBe(1);
  expect(words).toContain('was made by the demo');
});
