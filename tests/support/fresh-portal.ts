import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '#api/app.ts';
import { readConfig } from '#api/config.ts';
import type { Actor, Context } from '#api/context.ts';
import { openStore } from '#db/open.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import type { PageRenderer } from '#routes/pages.ts';
import { signInWith, solveChallenged } from '#scripts/portal-client.ts';
import type { Call } from '#scripts/portal-client.ts';
import { loadSecrets } from '#sealing/secrets.ts';
import { createProofChallenge } from '#services/proofs.ts';
import { readSession } from '#services/sessions.ts';
import type { NewAccount, NewPortal } from '#services/setup.ts';
import { totpAt } from '#sealing/totp.ts';
import { findTemplate } from './portal-template.ts';

/** The instant a fresh portal is made and its clock stands at: 2026-11-20, 9:00 in Shanghai. */
export const PORTAL_START = Date.parse('2026-11-20T09:00:00+08:00');
const STEP_MS = 30_000;
/** Checking it costs what any other costs; solving one of those that citizens get takes a tenth of a second. */
const EASY = 1;

export type PortalOptions = {
  /** `https://…` makes cookies secure. */
  publicUrl?: string;
  /** Puts the built pages of `dist/` before the API. */
  pages?: boolean;
};
export type FreshPortal = Awaited<ReturnType<typeof createPortal>>;

/**
 * A portal of its own in a temporary folder: the demo county, its bodies with keys, a person with an
 * account for each role. The clock stands still until `advance`.
 */
export async function createPortal(options: PortalOptions = {}) {
  const root = mkdtempSync(join(tmpdir(), 'portal-'));
  const template = await findTemplate(PORTAL_START);
  const config = readConfig({ DATA_DIR: join(root, 'data'), PUBLIC_URL: options.publicUrl });
  mkdirSync(config.dataDir);
  cpSync(template.dir, root, { recursive: true });
  const db = openStore(join(config.dataDir, 'portal.db'), { synchronous: 'OFF' });
  const clock = { now: PORTAL_START };
  const secrets = loadSecrets(config.secretsDir);
  const context: Context = { db, secrets, config, now: () => clock.now };
  const read = createPublicReader(join(config.dataDir, 'public'));
  const app = createApp(context, {
    pages: options.pages ? await loadPages() : null,
    read,
    files: null,
  });
  const { accounts, recoveryPapers }: NewPortal = template.portal;
  const lastSteps = new Map<string, number>();

  function accountOf(login: string): NewAccount {
    const account = accounts.find((each) => each.login === login);
    if (!account) throw new Error(`no account ${login} in the demo county`);
    return account;
  }

  /** A code of this account that was not used yet; three exist at any instant. */
  function nextTotp(login: string): string {
    const step = Math.floor(clock.now / STEP_MS);
    const next = Math.max((lastSteps.get(login) ?? 0) + 1, step - 1);
    if (next > step + 1) throw new Error(`${login} has used its codes of now: advance the clock`);
    lastSteps.set(login, next);
    return totpAt(accountOf(login).totpSecret, next * STEP_MS);
  }

  const callApp: Call = async (path, init) => app.request(path, init);

  /** Signs in through the front door and answers the Cookie header. */
  async function signIn(login: string): Promise<string> {
    return signInWith(callApp, accountOf(login), nextTotp(login));
  }

  /** The person signed in, as services take one. */
  async function actorOf(login: string): Promise<Actor> {
    const actor = await readSession(context, await signIn(login));
    if (!actor) throw new Error(`no session of ${login}`);
    return actor;
  }

  /** Calls the API as the portal's own pages do, with JSON where a body is given. */
  async function call(
    path: string,
    init: { cookie?: string; method?: string; json?: unknown } = {},
  ) {
    const headers = new Headers({ origin: config.publicUrl ?? 'http://localhost' });
    if (init.cookie) headers.set('cookie', init.cookie);
    if (init.json === undefined)
      return app.request(path, { headers, method: init.method ?? 'GET' });
    headers.set('content-type', 'application/json');
    const body = JSON.stringify(init.json);
    return app.request(path, { headers, method: init.method ?? 'POST', body });
  }

  async function close() {
    await db.close();
    rmSync(root, { recursive: true, force: true });
  }

  return {
    root,
    context,
    app,
    accounts,
    recoveryPapers,
    accountOf,
    nextTotp,
    signIn,
    actorOf,
    call,
    /** An easy challenge of this portal, solved as the widget does: the field `altcha`. */
    solveProof: async () => solveChallenged(await createProofChallenge(context, EASY)),
    /** Moves the clock on by milliseconds. */
    advance: (ms: number) => void (clock.now += ms),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function loadPages(): Promise<PageRenderer> {
  const entry = new URL('../../dist/server/entry.mjs', import.meta.url);
  return (await import(entry.href)) as PageRenderer;
}
