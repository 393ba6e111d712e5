import { expect, test } from 'vitest';
import { findAccountByLogin } from '#db/queries/accounts.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { expectCall, resetAccount, signInAs } from '#support/accounts.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead } from '#support/leads.ts';

type Queue = { items: unknown[]; total: number };

test('who was reset knows of no lead until a member gives the key of the body again', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  expect((await desk.queue('triage')).total).toBe(1);
  const fresh = await resetAccount(portal, await portal.signIn('security'), 'triage');
  const cookie = await signInAs(portal, fresh);
  const queue = () => expectCall<Queue>(portal, 200, '/api/staff/leads', { cookie });
  expect(await queue()).toMatchObject({ items: [], total: 0 });
  await expectCall(portal, 404, `/api/staff/leads/${reference}`, { cookie });
  const account = await findAccountByLogin(portal.context.db, 'triage');
  const json = { accountId: account?.id };
  const given = await desk.call('leader', `/api/staff/keys/${DEMO_BODIES.bureau}/grants`, json);
  expect({ status: given.status, text: await given.text() }).toMatchObject({ status: 204 });
  expect((await queue()).total).toBe(1);
});
