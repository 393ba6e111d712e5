import { expect, test } from 'vitest';
import { listGrants } from '#db/queries/lead-grants.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, createDesk, fileLead, personOf } from '#support/leads.ts';
import { SEALED_PARTS, identitiesOf, openAny, readFileRows } from '#support/stolen-data.ts';

async function findRow(portal: FreshPortal, reference: string) {
  const { db } = portal.context;
  const rows = await db.select().from(db.t.lead);
  const found = rows.find((row) => row.reference === reference);
  if (!found) throw new Error('no such lead');
  return found;
}

test('sealing takes the bureau off: no grant, no sight, and what comes after has a key of its own', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, {
    ...STALLING,
    mode: 'NAMED',
    reporter: { name: '申小满', contact: '老地方' },
  });
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  const sealed = await desk.take('triage', reference, 'seal', 'TRIAGE', {
    reasonCode: 'TRIAGE_CHAIN',
    reason: '被反映人是甄别员的亲属。',
  });
  expect(sealed.lead).toBeNull();
  const row = await findRow(portal, reference);
  expect(row).toMatchObject({ secrecy: 'sealed', class: null, placeCode: null });
  const grants = await listGrants(portal.context.db, row.id);
  expect([...new Set(grants.map((grant) => grant.bodyCode))]).toEqual([DEMO_BODIES.discipline]);
  expect(Math.max(...grants.map((grant) => grant.epoch))).toBe(2);
  const keys = await identitiesOf(portal, 'triage');
  expect(await openAny(keys, readFileRows(portal, SEALED_PARTS))).toEqual([]);
  expect((await desk.call('leader', `/api/staff/leads/${reference}`)).status).toBe(404);
  const lead = await desk.open('liaison', reference);
  expect(lead.text).toBe(STALLING.text);
  expect(lead.events.at(-1)?.words.map((words) => words.value)).toContain(
    '被反映人是甄别员的亲属。',
  );
  const opened = await desk.call('liaison', `/api/staff/leads/${reference}/reporter`, {
    reason: '需要向本人核实',
  });
  expect(await opened.json()).toMatchObject({ name: '申小满', contact: '老地方' });
});

test('a lead given to another township is opened there, and not by the one that is excluded', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'accept', 'TRIAGE', ACCEPTANCE);
  const caseWorkers = [
    await personOf(portal, 'township-yunshui'),
    await personOf(portal, 'handler'),
  ];
  const order = { caseWorkers, dueOn: '2026-12-10' };
  const refusal = await desk.press('section-chief', reference, 'assign', 'ACCEPTED', {
    ...order,
    body: DEMO_BODIES.qingshan,
  });
  expect(refusal.status).toBe(422);
  await desk.take('section-chief', reference, 'assign', 'ACCEPTED', {
    ...order,
    body: DEMO_BODIES.yunshui,
  });
  expect((await desk.open('township-yunshui', reference)).text).toBe(STALLING.text);
  expect((await desk.call('township-qingshan', `/api/staff/leads/${reference}`)).status).toBe(404);
  expect((await desk.open('handler', reference)).status).toBe('ASSIGNED');
  expect((await desk.call('handler-2', `/api/staff/leads/${reference}`)).status).toBe(404);
});

test('an accused named in triage keeps a township away that was not excluded before', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, {
    ...STALLING,
    subjectRole: 'RECIPIENT',
    subjectBody: undefined,
  });
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  const civil = { ...ACCEPTANCE, subjectRoles: ['CIVIL_STAFF'] };
  const refusal = await desk.press('triage', reference, 'accept', 'TRIAGE', civil);
  expect(refusal.status).toBe(422);
  const accepted = await desk.take('triage', reference, 'accept', 'TRIAGE', {
    ...ACCEPTANCE,
    subjectRoles: ['RECIPIENT', 'TOWN_HANDLER'],
  });
  expect(accepted.lead?.status).toBe('ACCEPTED');
  const bodies = (await desk.open('section-chief', reference)).transitions
    .find((step) => step.event === 'assign')
    ?.fields.find((field) => field.kind === 'body')?.options;
  expect(Object.keys(bodies ?? {})).toContain(DEMO_BODIES.yunshui);
  expect(Object.keys(bodies ?? {})).not.toContain(DEMO_BODIES.qingshan);
});
