import { expect, test } from 'vitest';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { listGrants } from '#db/queries/lead-grants.ts';
import { insertPosts } from '#db/queries/people.ts';
import { SealError, openSealed } from '#sealing/age.ts';
import { listBodyKeysOf, openBodyIdentity } from '#services/keyring.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, createDesk, fileLead, personOf } from '#support/leads.ts';

const ABOUT_CIVIL_STAFF = { ...STALLING, subjectRole: 'CIVIL_STAFF', subjectBody: undefined };

async function findRow(portal: FreshPortal, reference: string) {
  const { db } = portal.context;
  const rows = await db.select().from(db.t.lead);
  const found = rows.find((row) => row.reference === reference);
  if (!found) throw new Error('no such lead');
  return found;
}

/** How many grants in the database open with the keys a member's session yields. */
async function countOpenable(portal: FreshPortal, login: string, leadId: string) {
  const actor = await portal.actorOf(login);
  const { db } = portal.context;
  const grants = await db.select().from(db.t.leadGrant);
  let opened = 0;
  for (const { keyId } of await listBodyKeysOf(db, actor)) {
    const identity = (await openBodyIdentity(db, actor, keyId)) ?? '';
    for (const grant of grants.filter((each) => each.leadId === leadId)) {
      try {
        await openSealed(identity, grant.sealed);
        opened += 1;
      } catch (error) {
        if (!(error instanceof SealError)) throw error;
      }
    }
  }
  return opened;
}

test('the bureau finds a complaint about a township, and the township does not', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  const queue = await desk.queue('triage');
  expect(queue.total).toBe(1);
  expect(queue.items[0]).toMatchObject({ reference, status: 'RECEIVED', overdue: false });
  expect((await desk.open('triage', reference)).text).toBe(STALLING.text);

  expect(await desk.queue('township-qingshan')).toEqual({ items: [], total: 0 });
  const hidden = await desk.call('township-qingshan', `/api/staff/leads/${reference}`);
  const missing = await desk.call('township-qingshan', '/api/staff/leads/YG-2026-0000-00');
  expect(hidden.status).toBe(404);
  expect(await hidden.text()).toBe(await missing.text());
  expect(await desk.refused('township-qingshan', reference, 'claim', 'RECEIVED')).toBe('not-found');
});

test('the keys of an excluded township open no grant of the lead', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal);
  const { id } = await findRow(portal, reference);
  expect(await countOpenable(portal, 'township-qingshan', id)).toBe(0);
  expect(await countOpenable(portal, 'triage', id)).toBe(2);
});

test('a complaint about civil affairs staff is seen by nobody in the bureau', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, ABOUT_CIVIL_STAFF);
  const others = portal.accounts.filter((account) => account.role !== 'discipline_liaison');
  for (const { login } of others) {
    const list = await desk.call(login, '/api/staff/leads');
    const seen = list.status === 200 ? ((await list.json()) as { total: number }).total : 0;
    const lead = await desk.call(login, `/api/staff/leads/${reference}`);
    expect({ login, seen, status: lead.status }).toEqual({ login, seen: 0, status: 404 });
  }
  const queue = await desk.queue('liaison');
  expect(queue.items).toMatchObject([
    { reference, secrecy: 'sealed', class: null, placeCode: null },
  ]);
  expect((await desk.open('liaison', reference)).text).toBe(STALLING.text);
});

test('a person named as accused is kept away in every post', async () => {
  await using portal = await createPortal();
  const personId = await personOf(portal, 'triage');
  await portal.context.db.transaction((tx) =>
    insertPosts(tx, [
      {
        id: 'second-post',
        personId,
        bodyCode: DEMO_BODIES.discipline,
        role: 'discipline_liaison',
        startsOn: '2026-01-01',
        endsOn: null,
      },
    ]),
  );
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, { ...STALLING, subjectName: '祁思齐' });
  expect((await desk.call('triage', `/api/staff/leads/${reference}`)).status).toBe(404);
  expect((await desk.queue('triage')).total).toBe(0);
  expect((await desk.queue('intake')).total).toBe(1);
});

test('who declares an interest no longer sees the lead', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  const reason = { reason: '被反映人是我的表弟。' };
  const taken = await desk.take('intake', reference, 'declare-interest', 'RECEIVED', reason);
  expect(taken.lead).toBeNull();
  expect((await desk.call('intake', `/api/staff/leads/${reference}`)).status).toBe(404);
  expect((await desk.queue('triage')).total).toBe(1);
});

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
  expect(await countOpenable(portal, 'triage', row.id)).toBe(0);
  expect((await desk.call('leader', `/api/staff/leads/${reference}`)).status).toBe(404);
  const lead = await desk.open('liaison', reference);
  expect(lead.text).toBe(STALLING.text);
  expect(lead.events.at(-1)?.words.map((words) => words.value)).toContain(
    '被反映人是甄别员的亲属。',
  );
  const opened = await desk.call('liaison', `/api/staff/leads/${reference}/reporter`, {
    reason: '需要向本人核实',
  });
  expect(await opened.json()).toEqual({ name: '申小满', contact: '老地方' });
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

test('a question goes out by code, is answered there, and the lead goes on', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference, queryCode } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'ask-info', 'TRIAGE', { question: '是哪一天去的？' });
  const asked = await portal.call('/api/follow-up', { json: { queryCode } });
  expect(await asked.json()).toMatchObject({
    status: 'need-info',
    messages: [{ kind: 'question', text: '是哪一天去的？' }],
  });
  const path = '/api/follow-up/messages';
  await portal.call(path, { json: { queryCode, text: '十一月三日上午。' } });
  const lead = await desk.open('triage', reference);
  expect(lead.status).toBe('TRIAGE');
  expect(lead.messages.at(-1)).toMatchObject({ kind: 'answer', text: '十一月三日上午。' });
});

test('who complained is opened by those who must answer only, with a reason that stays', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, {
    ...STALLING,
    mode: 'NAMED',
    reporter: { name: '申小满', contact: '老地方' },
  });
  const path = `/api/staff/leads/${reference}/reporter`;
  expect((await desk.call('intake', path, { reason: '想看看' })).status).toBe(403);
  expect((await desk.call('triage', path, { reason: ' ' })).status).toBe(422);
  const opened = await desk.call('triage', path, { reason: '电话核实实名' });
  expect(await opened.json()).toEqual({ name: '申小满', contact: '老地方' });
  const lead = await desk.open('triage', reference);
  expect(lead.events.at(-1)).toMatchObject({
    label: '查看反映人身份',
    words: [{ label: '理由', value: '电话核实实名' }],
  });
});

test('the audit chain says who did what and holds no text', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  await desk.queue('intake');
  await desk.open('intake', reference);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'ask-question', 'TRIAGE', { question: '缺哪一样材料？' });
  const { db } = portal.context;
  const entries = await db.select().from(db.t.auditEntry);
  const actions = entries.map((entry) => entry.action);
  expect(actions).toEqual(
    expect.arrayContaining(['lead.list', 'lead.open', 'lead.claim', 'lead.ask-question']),
  );
  const chain = JSON.stringify(entries);
  expect(chain).not.toContain('材料');
  expect(chain).not.toContain(reference);
});

test('nobody without a session learns anything', async () => {
  await using portal = await createPortal();
  for (const path of ['/api/staff/leads', '/api/staff/leads/YG-2026-0000-00']) {
    expect((await portal.call(path)).status).toBe(401);
  }
});
