import { expect, test } from 'vitest';
import { PORTAL_START, createPortal } from '#support/fresh-portal.ts';
import { acceptLink, expectCall, listStaffBy, signInAs } from '#support/accounts.ts';
import { runScript } from '#support/run-script.ts';

test('the only administrator of accounts gets in again by a link of the server’s operator', async () => {
  await using portal = await createPortal();
  const old = await portal.signIn('security');
  const run = await runScript('reset-account', ['--login', 'security'], portal.context.config);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const token = /\?t=([\w-]+)/.exec(run.stdout)?.[1] ?? '';
  const code = /验证码：(\S+)/.exec(run.stdout)?.[1] ?? '';
  const { db } = portal.context;
  expect((await db.select().from(db.t.auditEntry)).at(-1)).toMatchObject({
    action: 'account.offer-reset',
    personId: null,
  });
  // Nothing has changed before the link is used.
  await expectCall(portal, 200, '/api/staff/accounts', { cookie: old });
  portal.advance(Date.now() - PORTAL_START);
  const fresh = await acceptLink(portal, { token, code, expiresAt: 0 });
  await expectCall(portal, 401, '/api/staff/accounts', { cookie: old });
  const staff = await listStaffBy(portal, await signInAs(portal, fresh));
  expect(staff.size).toBeGreaterThan(1);
  expect((await runScript('verify', [], portal.context.config)).code).toBe(0);
});

test.each(['triage', 'auditor', 'nobody'])(
  'no link for %s: that is the work of the administrator',
  async (login) => {
    await using portal = await createPortal();
    const run = await runScript('reset-account', ['--login', login], portal.context.config);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toContain(login);
    const { db } = portal.context;
    expect(await db.select().from(db.t.invitation)).toEqual([]);
  },
);
