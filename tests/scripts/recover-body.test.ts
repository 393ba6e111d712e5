import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BodyKeys } from '#routes/staff-account-schemas.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { expectCall, resetAccount, signInAs } from '#support/accounts.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { fileLead } from '#support/leads.ts';
import { runScript } from '#support/run-script.ts';

/** Everybody of the bureau who holds its key. */
const MEMBERS = [
  'intake',
  'triage',
  'handler',
  'handler-2',
  'section-chief',
  'leader',
  'publisher',
  'reviewer',
  'hotline',
];
const { bureau } = DEMO_BODIES;

function papersOf(portal: FreshPortal, bodyCode: string) {
  const papers = portal.recoveryPapers.find((each) => each.bodyCode === bodyCode);
  if (!papers) throw new Error(`no papers of ${bodyCode}`);
  return papers;
}

/** The papers as two files, as a scanner or a person typing would leave them. */
function writePapers(portal: FreshPortal, first: string, second: string): string[] {
  return [first, second].flatMap((identity, index) => {
    const file = join(portal.root, `paper-${index + 1}.txt`);
    writeFileSync(file, `恢复凭据，第${index + 1}页\n${identity}\n由专人保管。\n`);
    return ['--paper', file];
  });
}

async function readText(portal: FreshPortal, cookie: string, reference: string) {
  const lead = await expectCall<{ text: string | null }>(
    portal,
    200,
    `/api/staff/leads/${reference}`,
    { cookie },
  );
  return lead.text;
}

test('drill: all members of the bureau lose their passphrases, and the papers bring its leads back', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal);
  const before = await readText(portal, await portal.signIn('triage'), reference);
  expect(before).not.toBeNull();

  const fresh = new Map<string, Awaited<ReturnType<typeof resetAccount>>>();
  for (const login of MEMBERS) {
    portal.advance(60_000);
    fresh.set(login, await resetAccount(portal, await portal.signIn('security'), login));
  }
  const triage = fresh.get('triage');
  const chief = fresh.get('section-chief');
  if (!triage || !chief) throw new Error('not reset');
  const session = await signInAs(portal, triage);
  await expectCall(portal, 404, `/api/staff/leads/${reference}`, { cookie: session });
  const holders = await portal.context.db.select().from(portal.context.db.t.bodyKeyGrant);
  const bureauKeys = await portal.context.db.select().from(portal.context.db.t.bodyKey);
  const ids = bureauKeys.filter((key) => key.bodyCode === bureau).map((key) => key.id);
  expect(holders.filter((grant) => ids.includes(grant.keyId)).map((grant) => grant.holder)).toEqual(
    ['recovery'],
  );

  const { first, second } = papersOf(portal, bureau);
  const args = ['--body', bureau, '--login', 'triage', ...writePapers(portal, first, second)];
  const run = await runScript('recover-body', args, portal.context.config);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(run.stdout).toContain('triage');
  expect(run.stdout).not.toContain('AGE-SECRET-KEY');
  expect(await readText(portal, session, reference)).toBe(before);

  // From there on a member gives the key to the next, as ever.
  const keys = await expectCall<BodyKeys>(portal, 200, '/api/staff/keys', { cookie: session });
  const waiting = keys.items[0]?.waiting ?? [];
  expect(waiting).toHaveLength(MEMBERS.length - 1);
  const chiefsId = waiting.find((each) => each.name === '俞明川')?.accountId;
  const grant = { cookie: session, json: { accountId: chiefsId } };
  await expectCall(portal, 204, `/api/staff/keys/${bureau}/grants`, grant);
  expect(await readText(portal, await signInAs(portal, chief), reference)).toBe(before);
  expect(keys.items[0]?.events[0]?.words).toContain('恢复凭据');
  expect(keys.items[0]?.events[1]?.words).toContain('重设');

  const verified = await runScript('verify', [], portal.context.config);
  expect(verified.code).toBe(0);
});

test('papers are taken in either order, and typed on standard input', async () => {
  await using portal = await createPortal();
  const { first, second } = papersOf(portal, bureau);
  const { dataDir, secretsDir } = portal.context.config;
  const env = { PATH: process.env['PATH'], DATA_DIR: dataDir, SECRETS_DIR: secretsDir };
  const args = ['scripts/recover-body.ts', '--body', bureau, '--login', 'triage'];
  const child = spawn(process.execPath, args, { env });
  child.stdin.end(`${second.toLowerCase()}\n  ${first}\n`);
  const [out, code] = await Promise.all([
    text(child.stdout),
    new Promise((done) => child.once('close', done)),
  ]);
  expect(code).toBe(0);
  expect(out).toContain('已记入操作日志');
});

test.each([
  ['papers of another body', { body: DEMO_BODIES.qingshan, login: 'township-qingshan' }, '打不开'],
  ['somebody of another body', { login: 'township-qingshan' }, 'township-qingshan'],
  ['an administrator, who opens nothing', { login: 'security' }, 'security'],
  ['somebody who does not exist', { login: 'nobody' }, 'nobody'],
  ['a body that does not exist', { body: 'bureau-1' }, 'bureau-1'],
])('%s is refused in one sentence', async (_what, change, words) => {
  await using portal = await createPortal();
  const { first, second } = papersOf(portal, bureau);
  const { body, login } = { body: bureau, login: 'triage', ...change };
  const args = ['--body', body, '--login', login, ...writePapers(portal, first, second)];
  const run = await runScript('recover-body', args, portal.context.config);
  expect(run).toMatchObject({ code: 1, stdout: '' });
  expect(run.stderr).toContain(words);
  expect(run.stderr.trim().split('\n')).toHaveLength(1);
  expect(run.stderr).not.toContain('AGE-SECRET-KEY-1Q');
});

test('one paper twice, or a mistyped one, opens nothing', async () => {
  await using portal = await createPortal();
  const { first, second } = papersOf(portal, bureau);
  for (const [one, other] of [
    [first, first],
    [first, second.replace(/.$/, (last) => (last === 'Q' ? 'P' : 'Q'))],
    [first, ''],
  ] as const) {
    const args = ['--body', bureau, '--login', 'triage', ...writePapers(portal, one, other)];
    expect((await runScript('recover-body', args, portal.context.config)).code).toBe(1);
  }
  const usage = await runScript('recover-body', [], portal.context.config);
  expect(usage.stderr).toContain('--body');
});
