import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { BodyKeys } from '#routes/staff-account-schemas.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { findAccountByLogin } from '#db/queries/accounts.ts';
import { findCurrentBodyKey, listAllKeyHolders } from '#db/queries/body-keys.ts';
import { countGrantsBeside } from '#db/queries/lead-grants.ts';
import { insertPosts } from '#db/queries/people.ts';
import { openWithPapers } from '#services/recovery-papers.ts';
import { expectCall, listStaffBy, personIdOf, resetAccount, signInAs } from '#support/accounts.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { fileLead } from '#support/leads.ts';

const { bureau, qingshan } = DEMO_BODIES;
const KEYS = '/api/staff/keys';

async function keysOf(portal: FreshPortal, cookie: string) {
  const { items } = await expectCall<BodyKeys>(portal, 200, KEYS, { cookie });
  const [own] = items;
  if (!own) throw new Error('no keys');
  return own;
}

/** Ends somebody's only post today. */
async function dismiss(portal: FreshPortal, login: string, name: string) {
  const cookie = await portal.signIn('security');
  const post = (await listStaffBy(portal, cookie)).get(name)?.posts[0]?.id;
  const path = `/api/staff/accounts/${await personIdOf(portal, login)}/posts/${post}/end`;
  await expectCall(portal, 204, path, { cookie, json: { endsOn: '2026-11-20' } });
}

async function resealed(portal: FreshPortal, bodyCode: string) {
  const { db } = portal.context;
  const key = await findCurrentBodyKey(db, bodyCode);
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await countGrantsBeside(db, bodyCode, key?.id ?? '')) === 0) return true;
    await setTimeout(50);
  }
  return false;
}

test('who waits for the key is shown to every member, and gets it from one of them', async () => {
  await using portal = await createPortal();
  const fresh = await resetAccount(portal, await portal.signIn('security'), 'township-qingshan');
  const newcomer = await signInAs(portal, fresh);
  const member = await portal.signIn('publisher-qingshan');
  const keys = await keysOf(portal, member);
  expect(keys).toMatchObject({ own: 'held', waiting: [{ name: '池远山', posts: '乡镇经办' }] });
  expect(keys.events[0]?.words).toContain('池远山重设了口令和动态码');
  const json = { accountId: keys.waiting[0]?.accountId };
  await expectCall(portal, 403, `${KEYS}/${qingshan}/grants`, { cookie: newcomer, json });
  await expectCall(portal, 204, `${KEYS}/${qingshan}/grants`, { cookie: member, json });
  const after = await keysOf(portal, newcomer);
  expect(after).toMatchObject({ own: 'held', waiting: [] });
  expect(after.events[0]?.words).toBe('邝亦舟把密钥授予池远山');
});

test('another body’s keys are neither shown nor given, renewed or printed', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('township-longwan');
  const { items } = await expectCall<BodyKeys>(portal, 200, KEYS, { cookie });
  expect(items.map((item) => item.bodyCode)).toEqual([DEMO_BODIES.longwan]);
  const own = await findAccountByLogin(portal.context.db, 'township-longwan');
  for (const path of ['', '/grants', '/renewal', '/resealing', '/papers']) {
    const json = { accountId: own?.id };
    const answer = await portal.call(`${KEYS}/${qingshan}${path}`, { cookie, json });
    expect({ path, refused: [403, 404].includes(answer.status) }).toEqual({ path, refused: true });
  }
});

test.each(['security', 'sysadmin', 'auditor'])('%s has no key and no say in one', async (login) => {
  await using portal = await createPortal();
  const cookie = await portal.signIn(login);
  expect(await expectCall(portal, 200, KEYS, { cookie })).toEqual({ items: [] });
  await expectCall(portal, 404, `${KEYS}/${bureau}/renewal`, { cookie, json: {} });
});

test('who leaves loses the copy at once, and the others are told to renew the key', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  const account = await findAccountByLogin(db, 'handler');
  expect(await listAllKeyHolders(db, bureau)).toContain(account?.id);
  await dismiss(portal, 'handler', '柯以宁');
  expect(await listAllKeyHolders(db, bureau)).not.toContain(account?.id);
  const keys = await keysOf(portal, await portal.signIn('triage'));
  expect(keys.renewFrom).toBe('2026-11-20');
  expect(keys.events[0]?.words).toContain('柯以宁离开或停用');
});

test('a renewed key opens the leads there were, for those who stay and for the papers', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  const { reference } = await fileLead(portal);
  await dismiss(portal, 'handler', '柯以宁');
  const cookie = await portal.signIn('triage');
  const old = await findCurrentBodyKey(db, bureau);
  portal.advance(1000);
  await expectCall(portal, 204, `${KEYS}/${bureau}/renewal`, { cookie, json: {} });
  expect(await resealed(portal, bureau)).toBe(true);
  const key = await findCurrentBodyKey(db, bureau);
  expect(key?.id).not.toBe(old?.id);
  for (const login of ['triage', 'section-chief', 'leader']) {
    const session = await portal.signIn(login);
    const lead = await expectCall(portal, 200, `/api/staff/leads/${reference}`, {
      cookie: session,
    });
    expect(lead).toMatchObject({ text: expect.stringMatching(/./) });
  }
  const papers = portal.recoveryPapers.find((each) => each.bodyCode === bureau);
  expect(await openWithPapers(db, key?.id ?? '', papers ?? { first: '', second: '' })).toMatch(
    /^AGE-SECRET-KEY-1/,
  );
  const { renewFrom, resealing, events } = await keysOf(portal, cookie);
  expect({ renewFrom, done: resealing.done }).toEqual({ renewFrom: null, done: null });
  expect(events[0]?.words).toContain('更换了本单位密钥');
  const another = { ...STALLING, text: '又去了一次，还是没有人办理，请查一查。' };
  const { reference: next } = await fileLead(portal, another);
  await expectCall(portal, 200, `/api/staff/leads/${next}`, { cookie });
});

test('somebody whose post ends on a later day loses the copy with the renewal after it', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  const cookie = await portal.signIn('security');
  const account = await findAccountByLogin(db, 'handler');
  const post = (await listStaffBy(portal, cookie)).get('柯以宁')?.posts[0]?.id;
  const path = `/api/staff/accounts/${account?.personId}/posts/${post}/end`;
  await expectCall(portal, 204, path, { cookie, json: { endsOn: '2026-11-22' } });
  portal.advance(2 * 86_400_000);
  const member = await portal.signIn('triage');
  expect((await keysOf(portal, member)).renewFrom).toBe('2026-11-22');
  await expectCall(portal, 204, `${KEYS}/${bureau}/renewal`, { cookie: member, json: {} });
  expect(await listAllKeyHolders(db, bureau)).not.toContain(account?.id);
  expect((await keysOf(portal, member)).renewFrom).toBeNull();
});

test('of two renewals at the same time one is done and the other says so', async () => {
  await using portal = await createPortal();
  const [one, other] = [await portal.signIn('triage'), await portal.signIn('leader')];
  const answers = await Promise.all(
    [one, other].map((cookie) => portal.call(`${KEYS}/${bureau}/renewal`, { cookie, json: {} })),
  );
  expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([204, 409]);
  expect(await resealed(portal, bureau)).toBe(true);
});

test('new papers open every key of the body, and the old ones none', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  const cookie = await portal.signIn('triage');
  await expectCall(portal, 204, `${KEYS}/${bureau}/renewal`, { cookie, json: {} });
  const fresh = await expectCall<{ first: string; second: string }>(
    portal,
    200,
    `${KEYS}/${bureau}/papers`,
    { cookie, json: {} },
  );
  const old = portal.recoveryPapers.find((each) => each.bodyCode === bureau);
  const keys = (await db.select().from(db.t.bodyKey)).filter((key) => key.bodyCode === bureau);
  expect(keys).toHaveLength(2);
  for (const { id } of keys) {
    expect(await openWithPapers(db, id, fresh)).toMatch(/^AGE-SECRET-KEY-1/);
    await expect(openWithPapers(db, id, old ?? fresh)).rejects.toThrow();
  }
});

test('a body without a key gets one, and papers, from the first of its members', async () => {
  await using portal = await createPortal();
  const village = 'village-990101100201';
  const personId = await personIdOf(portal, 'township-qingshan');
  const post = { personId, bodyCode: village, role: 'township_user', endsOn: null };
  await portal.context.db.transaction((tx) =>
    insertPosts(tx, [{ ...post, id: 'village', startsOn: '2026-11-01' }]),
  );
  const cookie = await portal.signIn('township-qingshan');
  const { items } = await expectCall<BodyKeys>(portal, 200, KEYS, { cookie });
  expect(items.find((item) => item.bodyCode === village)).toMatchObject({ own: 'none' });
  const papers = await expectCall(portal, 200, `${KEYS}/${village}`, { cookie, json: {} });
  expect(papers).toMatchObject({ first: expect.stringMatching(/^AGE-SECRET-KEY-1/) });
  await expectCall(portal, 409, `${KEYS}/${village}`, { cookie, json: {} });
});
