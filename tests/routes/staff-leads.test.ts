import { expect, test } from 'vitest';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { insertPosts } from '#db/queries/people.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead, personOf } from '#support/leads.ts';

const ABOUT_CIVIL_STAFF = { ...STALLING, subjectRole: 'CIVIL_STAFF', subjectBody: undefined };

test('the bureau finds a complaint about a township, and the township does not', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  const queue = await desk.queue('triage');
  expect(queue.total).toBe(1);
  expect(queue.items[0]).toMatchObject({ reference, status: 'RECEIVED', overdue: false });
  expect((await desk.open('triage', reference)).text).toBe(STALLING.text);

  expect(await desk.queue('township-qingshan')).toEqual({ items: [], total: 0, isMore: false });
  const hidden = await desk.call('township-qingshan', `/api/staff/leads/${reference}`);
  const missing = await desk.call('township-qingshan', '/api/staff/leads/YG-2026-0000-00');
  expect(hidden.status).toBe(404);
  expect(await hidden.text()).toBe(await missing.text());
  expect(await desk.refused('township-qingshan', reference, 'claim', 'RECEIVED')).toBe('not-found');
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
  expect(await opened.json()).toEqual({ name: '申小满', contact: '老地方', waiting: false });
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
