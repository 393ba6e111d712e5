import { expect, test } from 'vitest';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { fileLead } from '#support/leads.ts';

async function ask(portal: FreshPortal, login: string, reference: string) {
  const cookie = await portal.signIn(login);
  const answer = await portal.call('/api/staff/phone-status', { cookie, json: { reference } });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

test('by the reference staff tell the public status and nothing else', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal);
  const { status, body } = await ask(portal, 'intake', ` ${reference.toLowerCase()} `);
  expect(status).toBe(200);
  expect(body).toEqual({
    reference,
    status: 'received',
    statusLabel: '已收到',
    nextStep: expect.any(String),
    receivedOn: '2026-11-20',
    dueOn: '2026-12-07',
  });
});

test('of a sealed lead only the body that holds it tells anything', async () => {
  await using portal = await createPortal();
  const about = { ...STALLING, subjectRole: 'CIVIL_STAFF', subjectBody: undefined };
  const { reference } = await fileLead(portal, about);
  expect((await ask(portal, 'intake', reference)).status).toBe(404);
  expect((await ask(portal, 'liaison', reference)).status).toBe(200);
  expect((await ask(portal, 'intake', 'YG-2026-0000-00')).status).toBe(404);
});

test('who does not answer the telephone is refused', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal);
  expect((await ask(portal, 'township-qingshan', reference)).status).toBe(403);
});
