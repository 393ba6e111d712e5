import { expect, test } from 'vitest';
import { listDeadlines } from '#db/queries/lead-events.ts';
import { listGrants } from '#db/queries/lead-grants.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead } from '#support/leads.ts';

const pathOf = (reference: string) => `/api/staff/leads/${reference}`;

test('the body above takes a lead over with its own key, and the one below keeps no hold of it', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  expect((await desk.call('liaison', pathOf(reference))).status).toBe(404);
  const fields = { cause: 'COMPLAINT', reason: '反映人说甄别时被劝退。' };
  for (const login of ['leader', 'township-qingshan', 'township-yunshui', 'auditor']) {
    const refused = await desk.call(login, `${pathOf(reference)}/pull-up`, { fields });
    expect({ login, status: refused.status }).toEqual({ login, status: 404 });
  }
  const unknown = await desk.call('liaison', `${pathOf('YG-2026-0000-00')}/pull-up`, { fields });
  expect(unknown.status).toBe(404);
  const empty = await desk.call('liaison', `${pathOf(reference)}/pull-up`, { fields: {} });
  expect(empty.status).toBe(422);
  const pulled = await desk.call('liaison', `${pathOf(reference)}/pull-up`, { fields });
  expect(pulled.status).toBe(204);
  const lead = await desk.open('liaison', reference);
  expect(lead).toMatchObject({
    text: STALLING.text,
    secrecy: 'sealed',
    bodyCode: DEMO_BODIES.discipline,
    mayOpenReporter: false,
  });
  expect(lead.events.at(-1)).toMatchObject({ event: 'pull-up', toLabel: null });
  const { db } = portal.context;
  const [row] = await db.select().from(db.t.lead);
  const grants = await listGrants(db, row?.id ?? '');
  expect([...new Set(grants.map((grant) => grant.bodyCode))]).toEqual([DEMO_BODIES.discipline]);
  const clocks = await listDeadlines(db, row?.id ?? '');
  expect(clocks.map((clock) => clock.ruleCode).toSorted()).toEqual(['ACK_RN', 'UP5']);
  for (const login of ['triage', 'leader', 'section-chief']) {
    expect((await desk.call(login, pathOf(reference))).status).toBe(404);
  }
  await desk.take('liaison', reference, 'reply', 'TRIAGE', { reply: '由纪检监察组办理。' });
});

test('a lead taken over because it is late stays in sight of the body below, out of its hands', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  const fields = { cause: 'OVERDUE', reason: '一个月没有动静。' };
  expect((await desk.call('liaison', `${pathOf(reference)}/pull-up`, { fields })).status).toBe(204);
  const below = await desk.open('triage', reference);
  expect(below).toMatchObject({ secrecy: 'normal', bodyCode: DEMO_BODIES.discipline });
  expect(below.transitions).toEqual([]);
  const above = await desk.open('liaison', reference);
  expect(above.transitions.map((step) => step.event)).toContain('accept');
  // It is theirs now: there is nothing left to take over.
  const again = await desk.call('liaison', `${pathOf(reference)}/pull-up`, { fields });
  expect(again.status).toBe(404);
});
