import { expect, test } from 'vitest';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { totpAt } from '#sealing/totp.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import type { Failure } from '#support/leads.ts';
import {
  PASSPHRASE,
  acceptLink,
  expectCall,
  inviteTo,
  openLink,
  personIdOf,
  resetAccount,
  signInAs,
} from '#support/accounts.ts';

const OPEN = '/api/staff/invitations/open';
const ACCEPT = '/api/staff/invitations/accept';
const TODAY = '2026-11-20';

/** A new person of 青山镇 and the link to their account. */
async function inviteNewcomer(portal: FreshPortal, login = 'zhuo') {
  const cookie = await portal.signIn('security');
  const post = { bodyCode: DEMO_BODIES.qingshan, role: 'township_user', startsOn: TODAY };
  const json = { ...post, name: '卓听澜', email: '' };
  const { id } = await expectCall<{ id: string }>(portal, 201, '/api/staff/accounts', {
    cookie,
    json,
  });
  return { cookie, id, link: await inviteTo(portal, cookie, id, login) };
}

test('who has link and code sees the secret, sets a passphrase and signs in', async () => {
  await using portal = await createPortal();
  const { link } = await inviteNewcomer(portal);
  const opened = await openLink(portal, link);
  expect(opened).toMatchObject({ kind: 'join', name: '卓听澜', login: 'zhuo' });
  expect(opened.secret).toMatch(/^[A-Z2-7]{32}$/);
  const session = await signInAs(portal, await acceptLink(portal, link));
  const me = await expectCall(portal, 200, '/api/staff/session', { cookie: session });
  expect(me).toMatchObject({ name: '卓听澜', posts: [{ role: 'township_user' }] });
});

test('a code is read kindly: lower case, blanks and full width', async () => {
  await using portal = await createPortal();
  const { link } = await inviteNewcomer(portal);
  const code = ` ${link.code.slice(0, 4).toLowerCase()} － ${link.code.slice(4)} `;
  await openLink(portal, { token: link.token, code });
});

test('a link is used once', async () => {
  await using portal = await createPortal();
  const { link } = await inviteNewcomer(portal);
  const { draft, secret } = await openLink(portal, link);
  await acceptLink(portal, link);
  const totp = totpAt(secret, portal.context.now());
  const json = { draft, passphrase: PASSPHRASE, again: PASSPHRASE, totp };
  await expectCall(portal, 404, ACCEPT, { json });
  await expectCall(portal, 404, OPEN, { json: { token: link.token, code: link.code } });
});

test('a link lasts 72 hours', async () => {
  await using portal = await createPortal();
  const { link } = await inviteNewcomer(portal);
  portal.advance(72 * 3_600_000 - 1000);
  await openLink(portal, link);
  portal.advance(1000);
  await expectCall(portal, 404, OPEN, { json: { token: link.token, code: link.code } });
});

test('wrong codes are paced, and after five the right one opens nothing either', async () => {
  await using portal = await createPortal();
  const { link } = await inviteNewcomer(portal);
  const wrong = { token: link.token, code: 'AAAA-AAAA' };
  for (let each = 0; each < 4; each += 1) await expectCall(portal, 404, OPEN, { json: wrong });
  await expectCall(portal, 429, OPEN, { json: wrong });
  portal.advance(60_000);
  await expectCall(portal, 404, OPEN, { json: wrong });
  portal.advance(60_000);
  await expectCall(portal, 404, OPEN, { json: { token: link.token, code: link.code } });
});

test('a wrong code, a wrong link and a used one get the same answer', async () => {
  await using portal = await createPortal();
  const { link } = await inviteNewcomer(portal);
  const answers = [
    await expectCall(portal, 404, OPEN, { json: { token: link.token, code: 'AAAAAAAA' } }),
    await expectCall(portal, 404, OPEN, { json: { token: 'x'.repeat(43), code: link.code } }),
  ];
  await acceptLink(portal, link);
  answers.push(
    await expectCall(portal, 404, OPEN, { json: { token: link.token, code: link.code } }),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
});

test('a new link replaces the one before, and a withdrawn one opens nothing', async () => {
  await using portal = await createPortal();
  const { cookie, id, link } = await inviteNewcomer(portal);
  const second = await inviteTo(portal, cookie, id, 'zhuo');
  await expectCall(portal, 404, OPEN, { json: { token: link.token, code: link.code } });
  await openLink(portal, second);
  const path = `/api/staff/accounts/${id}/invitation`;
  await expectCall(portal, 204, path, { cookie, method: 'DELETE' });
  await expectCall(portal, 404, OPEN, { json: { token: second.token, code: second.code } });
});

test('neither link nor code nor secret stands in the database', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  const { link } = await inviteNewcomer(portal);
  const { secret } = await openLink(portal, link);
  await acceptLink(portal, link);
  const rows = JSON.stringify([
    await db.select().from(db.t.invitation),
    await db.select().from(db.t.auditEntry),
    await db.select().from(db.t.account),
  ]);
  for (const told of [link.token, link.code, secret, PASSPHRASE]) expect(rows).not.toContain(told);
});

test('what is wrong stands beside its field, all at once', async () => {
  await using portal = await createPortal();
  const { link } = await inviteNewcomer(portal);
  const { draft } = await openLink(portal, link);
  const json = { draft, passphrase: '太短', again: '不同', totp: '000000' };
  const { error } = await expectCall<Failure>(portal, 422, ACCEPT, { json });
  expect(Object.keys(error.fields)).toEqual(['passphrase', 'again', 'totp']);
  const forged = await expectCall<Failure>(portal, 422, ACCEPT, {
    json: { ...json, draft: 'made-up' },
  });
  expect(forged.error.code).toBe('draft-expired');
});

test.each(['', 'A B', '-x', 'zh?o', 'triage'])('the login %j is refused', async (login) => {
  await using portal = await createPortal();
  const { cookie, id } = await inviteNewcomer(portal);
  const path = `/api/staff/accounts/${id}/invitation`;
  const { error } = await expectCall<Failure>(portal, 422, path, { cookie, json: { login } });
  expect(Object.keys(error.fields)).toEqual(['login']);
});

test('a reset ends sessions and the old passphrase, and takes the key of the body', async () => {
  await using portal = await createPortal();
  const old = await portal.signIn('township-qingshan');
  const cookie = await portal.signIn('security');
  const fresh = await resetAccount(portal, cookie, 'township-qingshan');
  await expectCall(portal, 401, '/api/staff/session', { cookie: old });
  await expect(portal.signIn('township-qingshan')).rejects.toThrow();
  portal.advance(120_000);
  const session = await signInAs(portal, fresh);
  const { items } = await expectCall<{ items: { own: string }[] }>(portal, 200, '/api/staff/keys', {
    cookie: session,
  });
  expect(items).toMatchObject([{ own: 'missing' }]);
});

test('an unused reset changes nothing', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('security');
  const link = await inviteTo(portal, cookie, await personIdOf(portal, 'triage'));
  await openLink(portal, link);
  await portal.signIn('triage');
});

test('a reset opens a disabled account again', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('security');
  const id = await personIdOf(portal, 'handler');
  await expectCall(portal, 204, `/api/staff/accounts/${id}/disable`, { cookie, json: {} });
  await expect(portal.signIn('handler')).rejects.toThrow();
  const fresh = await resetAccount(portal, cookie, 'handler');
  portal.advance(120_000);
  await signInAs(portal, fresh);
});

test('a link is of no use once somebody else gives the person a post', async () => {
  await using portal = await createPortal();
  const { discipline } = DEMO_BODIES;
  const ended = { role: 'discipline_liaison', startsOn: '2026-01-01', endsOn: '2026-02-01' };
  await portal.context.db.transaction(async (tx) => {
    const [triage, other] = [
      await personIdOf(portal, 'triage'),
      await personIdOf(portal, 'reviewer'),
    ];
    const of = (personId: string) => ({ id: personId, personId, bodyCode: discipline });
    await tx.insert(tx.t.post).values([
      { ...of(triage), ...ended },
      { ...of(other), role: 'security_admin', startsOn: '2026-01-01', endsOn: null },
    ]);
  });
  const link = await inviteTo(
    portal,
    await portal.signIn('security'),
    await personIdOf(portal, 'triage'),
  );
  await openLink(portal, link);
  const json = { bodyCode: discipline, role: 'discipline_liaison', startsOn: TODAY };
  const path = `/api/staff/accounts/${await personIdOf(portal, 'triage')}/posts`;
  await expectCall(portal, 204, path, { cookie: await portal.signIn('reviewer'), json });
  await expectCall(portal, 404, OPEN, { json: { token: link.token, code: link.code } });
});
