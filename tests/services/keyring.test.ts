import { expect, test } from 'vitest';
import { CodedError } from '#api/errors.ts';
import { findAccountByLogin } from '#db/queries/accounts.ts';
import { listKeyHolders } from '#db/queries/body-keys.ts';
import { insertPosts } from '#db/queries/people.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { carriesBodyKey } from '#rules/post-conflicts.ts';
import { SealError, openSealed, pairOf, seal } from '#sealing/age.ts';
import {
  bodyRecipient,
  createBodyKey,
  grantBodyKey,
  listBodyKeysOf,
  openBodyIdentity,
} from '#services/keyring.ts';
import { openWithPapers } from '#services/recovery-papers.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';

const VILLAGE = 'village-990101100201';

async function givePost(portal: FreshPortal, login: string, bodyCode: string, role: string) {
  const account = await findAccountByLogin(portal.context.db, login);
  if (!account) throw new Error(`no account ${login}`);
  const { personId } = account;
  const post = { personId, bodyCode, role, startsOn: '2026-11-01', endsOn: null };
  await portal.context.db.transaction((tx) => insertPosts(tx, [{ ...post, id: `new-${login}` }]));
  return account;
}

test("a member's session opens the body's identity, and what was sealed to the body", async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  const { keyId, recipient } = await bodyRecipient(db, DEMO_BODIES.qingshan);
  const sealed = await seal([recipient], '送审材料');
  const member = await portal.actorOf('township-qingshan');
  const identity = (await openBodyIdentity(db, member, keyId)) ?? '';
  expect((await openSealed(identity, sealed)).toString('utf8')).toBe('送审材料');
});

test.each(['township-longwan', 'triage', 'liaison', 'security', 'auditor', 'sysadmin'])(
  'the session of %s does not open the identity of 青山镇人民政府',
  async (login) => {
    await using portal = await createPortal();
    const { db } = portal.context;
    const { keyId } = await bodyRecipient(db, DEMO_BODIES.qingshan);
    expect(await openBodyIdentity(db, await portal.actorOf(login), keyId)).toBeNull();
  },
);

test('only those of the bureau who open content hold its key', async () => {
  await using portal = await createPortal();
  for (const login of ['intake', 'handler', 'leader', 'publisher', 'reviewer']) {
    const keys = await listBodyKeysOf(portal.context.db, await portal.actorOf(login));
    expect(keys.map((key) => key.bodyCode)).toEqual([DEMO_BODIES.bureau]);
  }
  for (const login of ['auditor', 'security', 'sysadmin']) {
    expect(await listBodyKeysOf(portal.context.db, await portal.actorOf(login))).toEqual([]);
  }
  expect(['auditor', 'security_admin', 'sysadmin'].map(carriesBodyKey)).toEqual([
    false,
    false,
    false,
  ]);
});

test("a grant is of no use once the holder's post has ended", async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  const { keyId } = await bodyRecipient(db, DEMO_BODIES.qingshan);
  const member = await portal.actorOf('township-qingshan');
  expect(await openBodyIdentity(db, { ...member, posts: [] }, keyId)).toBeNull();
});

test('both papers together open the body, in their order, and neither does alone', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  for (const { bodyCode, first, second } of portal.recoveryPapers) {
    const { keyId, recipient } = await bodyRecipient(db, bodyCode);
    const identity = await openWithPapers(db, keyId, { first, second });
    expect((await pairOf(identity)).recipient).toBe(recipient);
    await expect(openWithPapers(db, keyId, { first: second, second: first })).rejects.toThrow(
      SealError,
    );
    await expect(openWithPapers(db, keyId, { first, second: first })).rejects.toThrow(SealError);
  }
  expect(portal.recoveryPapers.map((papers) => papers.bodyCode).sort()).toEqual(
    Object.values(DEMO_BODIES).sort(),
  );
});

test('a new member gets the key from a member, and from nobody else', async () => {
  await using portal = await createPortal();
  const { context } = portal;
  const account = await givePost(portal, 'township-longwan', DEMO_BODIES.qingshan, 'township_user');
  const { keyId } = await bodyRecipient(context.db, DEMO_BODIES.qingshan);
  const newcomer = await portal.actorOf('township-longwan');
  expect(await openBodyIdentity(context.db, newcomer, keyId)).toBeNull();

  const outsider = await portal.actorOf('security');
  const grantByOutsider = grantBodyKey(context, outsider, DEMO_BODIES.qingshan, account.id);
  await expect(grantByOutsider).rejects.toThrow(new CodedError('not-allowed'));

  const member = await portal.actorOf('publisher-qingshan');
  await grantBodyKey(context, member, DEMO_BODIES.qingshan, account.id);
  expect(await openBodyIdentity(context.db, newcomer, keyId)).toMatch(/^AGE-SECRET-KEY-1/);
  expect(await listKeyHolders(context.db, DEMO_BODIES.qingshan)).toContain(account.id);
});

test('a member cannot give the key to somebody without a post that carries it', async () => {
  await using portal = await createPortal();
  const { context } = portal;
  const member = await portal.actorOf('triage');
  for (const login of ['auditor', 'liaison']) {
    const account = await findAccountByLogin(context.db, login);
    const grant = grantBodyKey(context, member, DEMO_BODIES.bureau, account?.id ?? '');
    await expect(grant).rejects.toThrow(new CodedError('not-allowed'));
  }
});

test('a village committee gets its key with its first member, once', async () => {
  await using portal = await createPortal();
  const { context } = portal;
  await expect(bodyRecipient(context.db, VILLAGE)).rejects.toThrow('no key');
  await givePost(portal, 'township-qingshan', VILLAGE, 'township_user');
  const member = await portal.actorOf('township-qingshan');
  const papers = await createBodyKey(context, member, VILLAGE);
  const { keyId } = await bodyRecipient(context.db, VILLAGE);
  const identity = await openBodyIdentity(context.db, member, keyId);
  expect(await openWithPapers(context.db, keyId, papers)).toBe(identity);
  await expect(createBodyKey(context, member, VILLAGE)).rejects.toThrow(
    new CodedError('state-changed'),
  );
});
