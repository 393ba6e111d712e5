import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { readConfig } from '#api/config.ts';
import { startPortal } from '#api/server.ts';
import { callOver, signInWith } from '#scripts/portal-client.ts';
import type { Account } from '#scripts/portal-client.ts';
import { totpAt } from '#sealing/totp.ts';
import { PORTAL_START } from './fresh-portal.ts';
import { launchBrowser } from './browser.ts';
import { findTemplate } from './portal-template.ts';

const STEP_MS = 30_000;

export type RunningPortal = Awaited<ReturnType<typeof runPortal>>;

/**
 * The demo county behind a real server on a free port of 127.0.0.1, and a real Chromium in front of it.
 * The clock is the machine's, set forward where a person has used the codes of now.
 */
export async function runPortal() {
  const root = mkdtempSync(join(tmpdir(), 'portal-'));
  const template = await findTemplate(PORTAL_START);
  cpSync(template.dir, root, { recursive: true });
  const config = readConfig({ DATA_DIR: join(root, 'data'), PORT: '0' });
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const server = await startPortal(config, 'demo', now);
  const browser = await launchBrowser();
  const call = callOver(server.url);
  const { accounts } = template.portal;
  const used = new Map<string, number>();
  const cookies = new Map<string, string>();

  function accountOf(login: string): Account {
    const account = accounts.find((each) => each.login === login);
    if (!account) throw new Error(`no account ${login} in the demo county`);
    return account;
  }

  /** A code of the account that was not used yet: now's or the next one. */
  function nextTotp(login: string): string {
    const next = Math.max(Math.floor(now() / STEP_MS), (used.get(login) ?? 0) + 1);
    used.set(login, next);
    while (next * STEP_MS > now() + STEP_MS) ahead += STEP_MS;
    return totpAt(accountOf(login).totpSecret, next * STEP_MS);
  }

  /** The Cookie header of a session over the API; the same one for a person's later calls. */
  async function signInCall(login: string): Promise<string> {
    const known = cookies.get(login);
    if (known) return known;
    const cookie = await signInWith(call, accountOf(login), nextTotp(login));
    cookies.set(login, cookie);
    return cookie;
  }

  /** A browser window of its own, with the person signed in through the page. */
  async function signInWindow(login: string, options: BrowserContextOptions = {}) {
    const window = await openWindow(browser, server.url, options);
    const page = await window.newPage();
    await page.goto('/staff/sign-in');
    await page.getByLabel('账号').fill(login);
    await page.getByLabel('口令').fill(accountOf(login).password);
    await page.getByLabel('动态码').fill(nextTotp(login));
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL((url) => !url.pathname.includes('sign-in'));
    return { window, page };
  }

  async function close() {
    await browser.close();
    await server.close();
    rmSync(root, { recursive: true, force: true });
  }

  return {
    url: server.url,
    dataDir: config.dataDir,
    accounts,
    context: server.context,
    call,
    signInWindow,
    signInCall,
    openWindow: (options: BrowserContextOptions = {}) => openWindow(browser, server.url, options),
    close,
  };
}

/** A window that fails the test where a page breaks its own rules: a script error or a refused resource. */
async function openWindow(
  browser: Browser,
  baseURL: string,
  options: BrowserContextOptions,
): Promise<BrowserContext> {
  const window = await browser.newContext({ baseURL, locale: 'zh-CN', ...options });
  window.on('weberror', (error) => {
    throw error.error();
  });
  return window;
}

/** Complaints of the page itself: script errors and what the content policy refused. */
export function watchConsole(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}
